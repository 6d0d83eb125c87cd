import type { Problem } from '@nx-pypi/manifests';
import { restAuthorization } from '../http/authorization.ts';
import type { Answer, Exchange, Exchanged } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import { jobTokenUser } from '../credentials/environment.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { readHeadOnly } from './read-head-only.ts';
import type { Proof } from './prover.ts';

const maxBytes = 5_000_000;

/**
 * Proves that the credential can read the project. GitLab's simple pages take a wrong token for nobody and answer 200 where
 * the project is public, so its REST API is asked: it refuses a wrong token, and names a missing allowlist entry. Deploy
 * tokens have no REST access; for those the simple index is asked with and without the token.
 * Source: GitLab docs, "Packages API" and "Deploy tokens".
 */
export async function proveGitlab(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const { credential } = exchange;
  if (credential === null) return proveAnonymous(exchange, target);
  if (isDeployToken(credential.username, credential.password)) return proveBySimpleIndex(exchange, target);
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed') return { kind: 'refuted', problem: asked.problem };
  if (asked.answer.status === 200) return { kind: 'proven' };
  const certainlyRest = credential.username === jobTokenUser || credential.password.startsWith('glpat-');
  return asked.answer.status === 401 && !certainlyRest
    ? proveBySimpleIndex(exchange, target)
    : refuted(asked.answer, exchange, target);
}

/** What REST says of a failure that the PyPI routes answer with a bare 404: null where it says nothing else. */
export async function diagnoseByRest(exchange: Exchange, target: RegistryTarget): Promise<Problem | null> {
  if (exchange.credential === null) return null;
  const asked = await askRest(exchange, target);
  if (asked.kind === 'failed' || asked.answer.status !== 403) return null;
  return refusal(asked.answer, target, exchange);
}

async function askRest(exchange: Exchange, target: RegistryTarget): Promise<Exchanged> {
  const { credential } = exchange;
  const url = `${target.apiUrl ?? ''}/packages?per_page=1`;
  const bound = credential !== null && new URL(url).origin === credential.origin;
  const headers = { accept: 'application/json', ...(bound ? restAuthorization(credential) : {}) };
  return exchange.read({ method: 'GET', url, headers, authorization: 'none' }, maxBytes);
}

/** Without a credential the same question is asked as for every read: it fails where the project is not public. */
async function proveAnonymous(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const answer = await readHeadOnly(exchange, target.projectIndexUrl, 'none');
  if (answer.kind === 'failed') return { kind: 'refuted', problem: answer.problem };
  return answer.answer.status === 200 ? { kind: 'proven' } : refuted(answer.answer, exchange, target);
}

async function proveBySimpleIndex(exchange: Exchange, target: RegistryTarget): Promise<Proof> {
  const known = await readHeadOnly(exchange, target.projectIndexUrl, 'basic');
  if (known.kind === 'failed') return { kind: 'refuted', problem: known.problem };
  if (known.answer.status !== 200) return refuted(known.answer, exchange, target);
  const anonymous = await readHeadOnly(exchange, target.projectIndexUrl, 'none');
  if (anonymous.kind === 'failed') return { kind: 'refuted', problem: anonymous.problem };
  return anonymous.answer.status === 200 ? { kind: 'open', notice: publicToAll(target) } : { kind: 'proven' };
}

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
