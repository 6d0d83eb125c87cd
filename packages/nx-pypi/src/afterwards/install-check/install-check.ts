import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installerEnvironment } from '@nx-pypi/builder';
import type { Problem } from '@nx-pypi/manifests';
import { redact, sanitize } from '@nx-pypi/registry-client';
import type { Released } from '@nx-pypi/release';
import { runCommand, type CommandResult, type Environment } from '@nx-pypi/workspace';
import pLimit from 'p-limit';
import { netrcOf, type InstallIndex } from './indexes.ts';
import { findResolver, resolveCommand, type Resolver } from './resolver.ts';

export interface InstallCheckOptions {
  readonly indexes: readonly InstallIndex[];
  readonly env: Environment;
  /** The interpreter whose pip resolves, or for which uv does. */
  readonly python: string;
}

export interface InstallCheck {
  /** Whether pip or uv resolves the version with all that it needs, as people will; null: it does. */
  readonly tryInstall: (released: Pick<Released, 'name' | 'version'>) => Promise<Problem | null>;
  readonly close: () => Promise<void>;
}

const AT_ONCE = 4;
const TIMEOUT_SECONDS = 300;
/** Of what a resolver says, its conclusion stands at the end. */
const LAST_LINES = 8;

/** Credentials lie in a private folder for as long as the run lasts. */
export async function openInstallCheck({ indexes, env, python }: InstallCheckOptions): Promise<InstallCheck> {
  const folder = await mkdtemp(join(tmpdir(), 'nx-pypi-install-'));
  const netrc = join(folder, 'netrc');
  await writeFile(netrc, `${netrcOf(indexes)}${ownNetrc(env)}`, { mode: 0o600 });
  // pip 23.0 refuses an interpreter of the system (PEP 668) for a dry run too, which writes nothing.
  const own = { NETRC: netrc, PIP_BREAK_SYSTEM_PACKAGES: '1' };
  const options = { cwd: folder, env: { ...installerEnvironment(env), ...own } };
  const secrets = indexes.flatMap(({ login }) => (login === null ? [] : [login.password]));
  const urls = indexes.map(({ url }) => url);
  const limit = pLimit(AT_ONCE);
  let found: Promise<Resolver> | null = null;
  return {
    close: () => rm(folder, { recursive: true, force: true }),
    tryInstall: (released) =>
      limit(async () => {
        const resolver = await (found ??= findResolver(options));
        const { file, args, input } = resolveCommand(resolver, released, { indexes: urls, python });
        const result = await runCommand(file, args, { ...options, input, timeoutSeconds: TIMEOUT_SECONDS });
        return result.ok ? null : notInstallable(released, resolver, lastWords(result, secrets));
      }),
  };
}

/** The logins of the indexes that people configured for this machine go on to count. */
function ownNetrc(env: Environment): string {
  const file = env['NETRC'] ?? join(env['HOME'] ?? homedir(), '.netrc');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function lastWords({ stderr, stdout, end }: CommandResult, secrets: readonly string[]): string {
  const said = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => sanitize(redact(line, secrets), 500))
    .filter((line) => line !== '');
  if (end.kind === 'not-started') return `it could not be started: ${end.reason}`;
  if (end.kind === 'timed-out') return `no answer after ${end.seconds} s`;
  return said.length === 0 ? 'it said nothing' : said.slice(-LAST_LINES).join(' | ');
}

function notInstallable(
  { name, version }: Pick<Released, 'name' | 'version'>,
  resolver: Resolver,
  said: string,
): Problem {
  return {
    code: 'NXPYPI_NOT_INSTALLABLE',
    message: `${name} ${version} is in the index, but ${resolver} can't resolve it there: ${said}`,
    hint: 'look at what it needs: the files stay in the registry. Mend it and release again, and check with nx-pypi verify --install-check',
  };
}
