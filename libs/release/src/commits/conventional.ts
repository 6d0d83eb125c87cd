import type { Version } from '@nx-pypi/standards';
import type { Level } from '../bump/level.ts';
import type { Commit } from './commit.ts';

/** A message by Conventional Commits 1.0.0; the type is '' where it follows no convention. */
export interface ConventionalCommit {
  /** Lower case. */
  readonly type: string;
  readonly scope: string | null;
  readonly breaking: boolean;
  /** What it does, without the type. */
  readonly subject: string;
  /** What `BREAKING CHANGE:` says, or null. */
  readonly breakingNote: string | null;
}

export function parseMessage(message: string): ConventionalCommit {
  const [first = '', ...rest] = message.split(/\r?\n/);
  const [, type = '', scope, mark, subject] = /^(\w+)(?:\(([^()]*)\))?(!)?:\s+(.+)$/.exec(first) ?? [];
  const footer = /^BREAKING[ -]CHANGE:\s+([\s\S]+?)(?:\r?\n\r?\n|$(?![\s\S]))/m.exec(rest.join('\n'));
  return {
    type: type.toLowerCase(),
    scope: scope ?? null,
    breaking: mark === '!' || footer !== null,
    subject: subject ?? first,
    breakingNote: footer?.[1]?.replaceAll(/\s+/g, ' ').trim() ?? null,
  };
}

/** Breaking: `major`, below 1.0 `minor`; a feature: `minor`; anything else: `patch`. */
export function levelOfCommits(commits: readonly Commit[], from: Version): Level {
  const parsed = commits.map(({ message }) => parseMessage(message));
  const belowOne = from.epoch === 0n && (from.release[0] ?? 0n) === 0n;
  if (parsed.some(({ breaking }) => breaking)) return belowOne ? 'minor' : 'major';
  return parsed.some(({ type }) => type === 'feat') ? 'minor' : 'patch';
}
