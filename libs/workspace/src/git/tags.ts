import type { Problem } from '@nx-pypi/manifests';
import type { CommandResult, Environment } from '../commands/command.ts';
import { runGit } from './run-git.ts';

export interface NewTag {
  readonly name: string;
  /** Full commit id. */
  readonly revision: string;
  readonly message: string;
}

/**
 * An annotated tag at a commit (git-tag(1)). One that stands there already is fine; one that stands elsewhere is a problem,
 * and is not moved. Null when it stands.
 */
export async function createTag(root: string, tag: NewTag, env: Environment): Promise<Problem | null> {
  const before = await taggedCommit(root, tag.name, env);
  if (before !== null) return before === tag.revision ? null : taken(tag, before);
  const identity = await runGit(root, ['var', 'GIT_COMMITTER_IDENT'], { env });
  // CI jobs have no identity of their own; git demands one for annotated tags.
  const who = identity.ok ? [] : ['-c', 'user.name=nx-pypi', '-c', 'user.email=nx-pypi@localhost'];
  const words = ['tag', '--annotate', '--message', tag.message, '--', tag.name, tag.revision];
  const made = await runGit(root, [...who, ...words], { env });
  if (made.ok) return null;
  const meanwhile = await taggedCommit(root, tag.name, env);
  if (meanwhile === tag.revision) return null;
  return gitFailed(`git could not make the tag ${tag.name}`, made, 'mend the cause and run again: the release stands');
}

/** Pushes tags to a remote, together. The problems by tag; a remote that holds the same tag is fine. */
export async function pushTags(
  root: string,
  names: readonly string[],
  env: Environment,
  remote = 'origin',
): Promise<ReadonlyMap<string, Problem>> {
  const refs = names.map((name) => `refs/tags/${name}`);
  const pushed = await runGit(root, ['push', '--porcelain', '--no-verify', remote, ...refs], { env });
  if (pushed.ok) return new Map();
  const refused = new Map(pushed.stdout.split('\n').flatMap(refusedRef));
  const hint = 'give the job the right to push tags, or use --gitlab-release, and run again: the release stands';
  const problems = names.flatMap((name): readonly (readonly [string, Problem])[] => {
    const why = refused.get(`refs/tags/${name}`);
    if (refused.size > 0 && why === undefined) return [];
    const what = `the tag ${name} could not be pushed to ${remote}`;
    return [[name, why === undefined ? gitFailed(what, pushed, hint) : problem(`${what}: ${why}`, hint)]];
  });
  return new Map(problems);
}

/** The commit that a tag leads to; null where there is no such tag. */
async function taggedCommit(root: string, name: string, env: Environment): Promise<string | null> {
  const result = await runGit(root, ['rev-parse', '--verify', '--quiet', `refs/tags/${name}^{commit}`], { env });
  return result.ok ? result.stdout.trim() : null;
}

/** `!<tab>from:to<tab>[rejected] (why)`. Source: git-push(1), "--porcelain". */
function refusedRef(line: string): readonly (readonly [string, string])[] {
  const [flag, refs = '', summary = ''] = line.split('\t');
  const [from = ''] = refs.split(':');
  return flag === '!' ? [[from, summary]] : [];
}

function taken({ name, revision }: NewTag, before: string): Problem {
  return {
    code: 'NXPYPI_TAG_TAKEN',
    message: `the tag ${name} stands at ${before.slice(0, 12)}, not at ${revision.slice(0, 12)}, which was released`,
    hint: `look at both commits; remove the tag if it is wrong (git tag --delete ${name}), and run again: the release stands`,
  };
}

function gitFailed(what: string, { stderr, end }: CommandResult, hint: string): Problem {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return problem(`${what}: ${said === '' ? end.kind : said}`, hint);
}

function problem(message: string, hint: string): Problem {
  return { code: 'NXPYPI_GIT_FAILED', message, hint };
}
