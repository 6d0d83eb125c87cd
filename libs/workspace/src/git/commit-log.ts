import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { Commit, CommitLog, Found } from '@nx-pypi/release';
import type { Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

/** How many commits that touch a version's text are looked at for the one that set it. */
const CANDIDATES = 20;

/** The history of a checkout, every question asked of git once. */
export function commitLog(root: string, env: Environment): CommitLog {
  const asked = new Map<string, Promise<Found<readonly Commit[]>>>();
  let tags: Promise<ReadonlyMap<string, string>> | null = null;
  return {
    since: (revision) => {
      const commits = asked.get(revision) ?? commitsSince(root, revision, env);
      asked.set(revision, commits);
      return commits;
    },
    released: async (pkg, version) => {
      tags ??= readTags(root, env);
      const known = await tags;
      const tag = tagNames(pkg.normalizedName, version).find((name) => known.has(name));
      const revision = tag === undefined ? await settingCommit(root, pkg, version, env) : known.get(tag);
      return revision === undefined
        ? problem(await notFound(root, pkg, version, env))
        : { kind: 'found', value: revision };
    },
  };
}

async function commitsSince(root: string, revision: string, env: Environment): Promise<Found<readonly Commit[]>> {
  const reached = await runGit(root, ['merge-base', '--is-ancestor', revision, 'HEAD'], { env });
  if (!reached.ok)
    return problem(tooShallow(root, `commit ${revision.slice(0, 12)} is not in the history of this checkout`));
  const format = '--format=%x01%H%x02%B%x03';
  const words = ['log', '-z', '--no-merges', '--no-renames', '--name-only', '--relative', format, `${revision}..HEAD`];
  const log = await runGit(root, [...words, '--', '.'], { env });
  const ends = await runGit(root, ['rev-list', `${revision}..HEAD`], { env });
  if (!log.ok || !ends.ok) return problem(tooShallow(root, `the history since ${revision.slice(0, 12)} can't be read`));
  const boundary = await shallowBoundary(root, env);
  if (ends.stdout.split('\n').some((commit) => boundary.has(commit)))
    return problem(tooShallow(root, `this clone ends before ${revision.slice(0, 12)}`));
  return { kind: 'found', value: parseLog(log.stdout) };
}

/** Marks of the format: they begin a record, end the revision and end the message. */
const [BEGIN, REVISION_END, MESSAGE_END] = ['\u0001', '\u0002', '\u0003'];

function parseLog(text: string): readonly Commit[] {
  const records = text.split(BEGIN).filter((record) => record.includes(MESSAGE_END));
  return records.map((record) => {
    const [head = '', files = ''] = record.split(MESSAGE_END);
    const [revision = '', message = ''] = head.split(REVISION_END);
    const paths = files.split('\0').map((file) => file.replace(/^\n/, ''));
    return { revision, message: message.trim(), files: paths.filter(Boolean) };
  });
}

/** Commits whose parents this clone lacks (gitrepository-layout(5), `shallow`). */
async function shallowBoundary(root: string, env: Environment): Promise<ReadonlySet<string>> {
  const place = await runGit(root, ['rev-parse', '--git-path', 'shallow'], { env });
  const text = await readFile(resolve(root, place.stdout.trim()), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter(Boolean));
}

async function readTags(root: string, env: Environment): Promise<ReadonlyMap<string, string>> {
  const format = '--format=%(refname:strip=2) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)';
  const result = await runGit(root, ['for-each-ref', format, 'refs/tags'], { env });
  const rows = result.stdout.split('\n').map((line) => line.split(' '));
  return new Map(rows.flatMap(([name, revision]) => (name && revision ? [[name, revision] as const] : [])));
}

/** As release tools write them, those with the package's name first. */
function tagNames(name: string, version: string): readonly string[] {
  const own = ['-v', '-', '@', '@v', '/v', '/', '=='].map((separator) => `${name}${separator}${version}`);
  return [...own, `v${version}`, version];
}

/** The newest commit that brought the version's text into a file that holds the version. */
async function settingCommit(
  root: string,
  pkg: PythonPackage,
  version: string,
  env: Environment,
): Promise<string | undefined> {
  const { version: declared } = pkg;
  const spots = declared.kind === 'static' || declared.kind === 'file' ? declared.spots.map(({ file }) => file) : [];
  for (const file of new Set([...spots, pkg.manifest])) {
    const log = await runGit(root, ['log', '--format=%H', `-S${version}`, '-n', String(CANDIDATES), '--', file], {
      env,
    });
    for (const revision of log.stdout.split('\n').filter(Boolean)) {
      const content = await runGit(root, ['show', `${revision}:./${file}`], { env });
      if (content.ok && content.stdout.includes(version)) return revision;
    }
  }
  return undefined;
}

async function notFound(root: string, pkg: PythonPackage, version: string, env: Environment): Promise<Problem> {
  const shallow = await runGit(root, ['rev-parse', '--is-shallow-repository'], { env });
  const what = `nothing in this history says where ${pkg.normalizedName} ${version} was released`;
  if (shallow.stdout.trim() === 'true') return tooShallow(root, what);
  return {
    code: 'NXPYPI_NO_HISTORY',
    message: what,
    hint: `tag the commit (git tag ${pkg.normalizedName}-v${version} COMMIT), or name a level instead of auto`,
    where: pkg.manifest,
  };
}

function tooShallow(where: string, what: string): Problem {
  return {
    code: 'NXPYPI_STALE_CHECKOUT',
    message: `${what}, so its commits can't tell a level`,
    hint: 'fetch the whole history: git fetch --unshallow --tags origin, or set GIT_DEPTH: 0 in CI',
    where,
  };
}

function problem(found: Problem): { readonly kind: 'problem'; readonly problem: Problem } {
  return { kind: 'problem', problem: found };
}
