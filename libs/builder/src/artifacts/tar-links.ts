import { posix } from 'node:path';
import type { Refusal } from './archive.ts';
import { memberPath } from './member-path.ts';

/** A link of a tar archive. */
export interface Link {
  readonly path: string;
  /** As written: of a symlink relative to its folder, of a hard link from the archive's top (POSIX pax, "linkname"). */
  readonly target: string;
  readonly symbolic: boolean;
}

/** Links that point to links: more than this is a loop, as for the file systems of Linux. */
const MAX_STEPS = 40;
const MAX_ALIASES = 200_000;
/** Each link to a folder looks at all files; sdists have a handful. */
const MAX_LINKS = 2_000;

/**
 * The files that links stand for: path of the alias to path of a file of the archive. A link to a folder stands for each file
 * in it, one to nothing for none. Refused is what leaves the archive's top folder, and what has no end (rule H4).
 */
export function resolveLinks(
  links: readonly Link[],
  files: ReadonlySet<string>,
): ReadonlyMap<string, string> | Refusal {
  if (links.length > MAX_LINKS) return { refused: `has more than ${MAX_LINKS} links` };
  const targets = new Map<string, string>();
  for (const link of links) {
    const target = targetOf(link);
    if (target === null) return { refused: `has the link ${JSON.stringify(link.path)}, which leaves its top folder` };
    targets.set(link.path, target);
  }
  const aliases = new Map<string, string>();
  for (const { path } of links) {
    const end = endOf(path, targets);
    if (end === null || path.startsWith(`${end}/`))
      return { refused: `has the link ${JSON.stringify(path)}, which leads to itself` };
    for (const [alias, file] of standsFor(path, end, files)) {
      if (files.has(alias) || aliases.has(alias)) return { refused: `has the member ${JSON.stringify(alias)} twice` };
      aliases.set(alias, file);
      if (aliases.size > MAX_ALIASES) return { refused: `has links to more than ${MAX_ALIASES} files` };
    }
  }
  return aliases;
}

/** From the archive's top; null when it lies outside of the folder that holds the link. */
function targetOf({ path, target, symbolic }: Link): string | null {
  if (target.startsWith('/')) return null;
  const joined = symbolic ? posix.join(posix.dirname(path), target) : target;
  const [inside, top] = [memberPath(joined), path.slice(0, path.indexOf('/') + 1)];
  return inside === null || top === '' || !`${inside}/`.startsWith(top) ? null : inside;
}

function endOf(path: string, targets: ReadonlyMap<string, string>): string | null {
  let at = path;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const next = targets.get(at);
    if (next === undefined) return at;
    at = next;
  }
  return null;
}

function standsFor(
  path: string,
  end: string,
  files: ReadonlySet<string>,
): readonly (readonly [alias: string, file: string])[] {
  if (files.has(end)) return [[path, end]];
  return [...files]
    .filter((file) => file.startsWith(`${end}/`))
    .map((file) => [path + file.slice(end.length), file] as const);
}
