import { copyFile } from 'node:fs/promises';
import type { Member, MemberCheck, Refusal, Wanted } from './archive.ts';

/** What a first look at an archive with links found. */
export interface LinkedArchive {
  readonly members: readonly Member[];
  /** Alias to file, both paths of the archive. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly check: MemberCheck;
}

/**
 * The files of an archive, those behind its links too; every alias counts as expansion. `readAgain` is asked where an alias
 * is wanted in more detail than its file. Files are copied to where an alias is wanted as file: who wants one wants all.
 */
export async function withAliases(
  { members, aliases, check }: LinkedArchive,
  want: (path: string) => Wanted,
  readAgain: (want: (path: string) => Wanted) => Promise<readonly Member[] | Refusal>,
): Promise<readonly Member[] | Refusal> {
  const more = wantedOfFiles(aliases, want);
  const second = more.size === 0 ? [] : await readAgain((path) => more.get(path) ?? 'nothing');
  if ('refused' in second) return second;
  const known = new Map([...members, ...second.filter(({ path }) => more.has(path))].map((one) => [one.path, one]));
  const all = [...members];
  for (const [path, file] of aliases) {
    const member = known.get(file);
    if (member === undefined) continue;
    const refusal = check.expand(member.size);
    if (refusal !== null) return refusal;
    const [asked, given] = [want(path), want(file)];
    if (typeof asked === 'object' && typeof given === 'object') await copyFile(given.file, asked.file);
    all.push({ ...member, path, text: asked === 'text' || asked === 'shown' ? member.text : null });
  }
  return all;
}

const RANKS = ['nothing', 'hash', 'shown', 'text'] as const;

/** By file: the most that an alias of it wants, where that is more than what is wanted of the file itself. */
function wantedOfFiles(
  aliases: ReadonlyMap<string, string>,
  want: (path: string) => Wanted,
): ReadonlyMap<string, Wanted> {
  const more = new Map<string, Wanted>();
  for (const [path, file] of aliases) {
    if (rank(want(path)) > rank(more.get(file) ?? want(file))) more.set(file, want(path));
  }
  return more;
}

function rank(wanted: Wanted): number {
  return typeof wanted === 'object' ? 0 : RANKS.indexOf(wanted);
}
