import type { Problem } from '@nx-pypi/manifests';
import type { Answer, Exchange } from '../http/exchange.ts';
import { isJobTokenRefusal, refusal } from '../http/refusal.ts';
import { jobTokenUser } from '../credentials/environment.ts';
import { askPage, askRest } from './ask-gitlab.ts';
import type { Credential } from '../credentials/credential.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

import type { Proof } from './prover.ts';

/**
 * Proves that the credential can read the project, and its group where there is one. GitLab's simple pages take a wrong token for nobody and answer 200 where
 * the project is public, so its REST API is asked: it refuses a wrong token, and names a missing allowlist entry. Deploy
 * tokens have no REST access; for those a simple page is asked for with and without the token.
 * Source: GitLab docs, "Packages API" and "Deploy tokens".
 */
export async function proveGitlab(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const project = await proveProject(exchange, target);
  if (project.kind === 'refuted' || target.groupIndexUrl === null) return project;
  const group = await askPage(exchange, target, target.groupIndexUrl, 'basic');
  return group.kind === 'unknown' ? { kind: 'refuted', problem: group.problem } : project;
}

async function proveProject(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const { credential } = exchange;
  if (credential === null) return proveAnonymous(exchange, target);
  if (isDeployToken(credential.username, credential.password)) return proveByPage(exchange, target);
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed') return { kind: 'refuted', problem: asked.problem };
  if (asked.answer.status === 200) return { kind: 'proven' };
  return mayBeDeployToken(asked.answer, credential) || mayReadPages(asked.answer)
    ? proveByPage(exchange, target)
    : refuted(asked.answer, exchange, target);
}

/** A job token or a token with GitLab's default prefix for personal tokens is not one. */
function mayBeDeployToken({ status }: Answer, { username, password }: Credential): boolean {
  return status === 401 && username !== jobTokenUser && !password.startsWith('glpat-');
}

/** Guests may be let in by the PyPI routes and not by REST; a token without the scope by neither. */
function mayReadPages({ status, text }: Answer): boolean {
  return status === 403 && !/insufficient_scope/.test(text) && !isJobTokenRefusal(text);
}

/** Without a credential the same question is asked as for every read: it fails where the project is not public. */
async function proveAnonymous(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const reading = await askPage(exchange, target, target.projectIndexUrl, 'none');
  return reading.kind === 'unknown' ? { kind: 'refuted', problem: reading.problem } : { kind: 'proven' };
}

async function proveByPage(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const known = await askPage(exchange, target, target.projectIndexUrl, 'basic');
  if (known.kind === 'unknown') return { kind: 'refuted', problem: known.problem };
  const anonymous = await askPage(exchange, target, target.projectIndexUrl, 'none');
  if (anonymous.kind !== 'unknown') return { kind: 'open', notice: publicToAll(target) };
  return closed.has(anonymous.problem.code) ? { kind: 'proven' } : { kind: 'refuted', problem: anonymous.problem };
}

const closed: ReadonlySet<string> = new Set([
  'NXPYPI_UNAUTHORIZED',
  'NXPYPI_FORBIDDEN',
  'NXPYPI_MISSING_SCOPE',
  'NXPYPI_PROJECT_NOT_FOUND',
]);

function refuted(answer: Answer, exchange: Exchange, target: RegistryTarget): Proof {
  return { kind: 'refuted', problem: refusal(answer, target, exchange) };
}

/** The prefix is GitLab's default one, the user name is what GitLab suggests. Source: GitLab docs, "Token overview". */
function isDeployToken(username: string, password: string): boolean {
  return password.startsWith('gldt-') || /^gitlab\+deploy-token-\d+$/.test(username);
}

function publicToAll(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_CREDENTIAL_NOT_PROVEN',
    message: `The credential could not be checked before the first upload: ${target.display} can be read by everybody.`,
    hint: 'Use a job token or a personal, project or group access token if it should be checked; those can be.',
    where: target.projectIndexUrl,
  };
}
