import { parseMessage } from '../commits/conventional.ts';
import type { Commit } from '../commits/commit.ts';
import type { Reason } from '../model/change.ts';

/** The categories of Keep a Changelog 1.1.0, in its order. */
export const CATEGORIES = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;
type Category = (typeof CATEGORIES)[number];

/** Entries by category, each one line of Markdown without its bullet. */
export type Sections = ReadonlyMap<Category, readonly string[]>;

/** Commits of these types say nothing to users, unless they break something. */
const SILENT: ReadonlySet<string> = new Set([
  'chore',
  'ci',
  'test',
  'tests',
  'style',
  'build',
  'docs',
  'refactor',
  'release',
]);

/** What the commits since the baseline, newest first, and the ranges that follow mean for users. */
export function sectionsOf(commits: readonly Commit[], { reasons }: { readonly reasons: readonly Reason[] }): Sections {
  const sections = new Map<Category, string[]>();
  const add = (category: Category, entry: string): void => {
    const entries = sections.get(category) ?? [];
    if (!entries.includes(entry)) sections.set(category, [...entries, entry]);
  };
  for (const { message } of commits.toReversed()) {
    const { type, scope, breaking, subject, breakingNote } = parseMessage(message);
    if (isOwnCommit(message) || (SILENT.has(type) && !breaking)) continue;
    const text = `${breaking ? '**Breaking:** ' : ''}${scope === null ? '' : `${scope}: `}${capitalised(breakingNote ?? subject)}`;
    add(breaking ? 'Changed' : categoryOf(type), printable(text));
  }
  for (const reason of reasons)
    if (reason.kind === 'dependency-range') add('Changed', `Requires ${reason.dependency} ${reason.after}`);
  return sections;
}

function categoryOf(type: string): Category {
  switch (type) {
    case 'feat':
      return 'Added';
    case 'fix':
      return 'Fixed';
    case 'security':
      return 'Security';
    case 'deprecate':
      return 'Deprecated';
    case 'remove':
      return 'Removed';
    default:
      return 'Changed';
  }
}

/** As `nx-pypi bump --commit` writes them. */
function isOwnCommit(message: string): boolean {
  return /^(Release \S+ \d|Release \d+ packages|Sync \d+ versions)/.test(message);
}

/** Messages are foreign text (rule H3). */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc} ]+/gu, ' ').trim();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
