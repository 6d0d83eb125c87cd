import { compareVersions, formatVersion, isPreRelease, type Version } from '@nx-pypi/standards';
import type { Level } from './level.ts';

/** The version that a level leads to, or why it leads nowhere. */
export type Bumped =
  | { readonly kind: 'version'; readonly version: Version }
  | { readonly kind: 'refused'; readonly message: string };

const PHASES = ['a', 'b', 'rc'] as const;
type Phase = (typeof PHASES)[number];

/**
 * One step up from `from` (rule E2). `major`, `minor` and `patch` finalise a pre-release whose lower segments are zero,
 * as Poetry does (`patch` on 1.2.3rc2 is 1.2.3). The epoch is kept, a local segment dropped, the number of release
 * segments kept or grown to what the level needs. Never goes backwards: that is refused, as uv refuses it.
 * `firstPre` is the number of the first pre-release of a phase.
 */
export function bumpVersion(from: Version, level: Level, firstPre = 1n): Bumped {
  const next = step({ ...from, local: null }, level, firstPre);
  if (next === null) return { kind: 'refused', message: `'${level}' has no meaning for ${formatVersion(from)}` };
  if (compareVersions(next, { ...from, local: null }) <= 0) {
    return { kind: 'refused', message: `'${level}' on ${formatVersion(from)} would go back to ${formatVersion(next)}` };
  }
  return { kind: 'version', version: next };
}

function step(from: Version, level: Level, firstPre: bigint): Version | null {
  switch (level) {
    case 'major':
      return raise(from, 0);
    case 'minor':
      return raise(from, 1);
    case 'patch':
      return raise(from, 2);
    case 'premajor':
      return withPre(raise(from, 0), 'a', firstPre);
    case 'preminor':
      return withPre(raise(from, 1), 'a', firstPre);
    case 'prepatch':
      return withPre(raise(from, 2), 'a', firstPre);
    case 'prerelease':
      return nextPreRelease(from, firstPre);
    case 'stable':
      return isPreRelease(from) ? final(from) : null;
    case 'a':
    case 'b':
    case 'rc':
      return nextOfPhase(from, level, firstPre);
    case 'post':
      return { ...from, dev: null, post: from.post === null ? 1n : from.post + 1n };
    case 'dev':
      return from.dev === null ? null : { ...from, dev: from.dev + 1n };
  }
}

/** Raises one release segment, or finalises where the pre-release already stands for that step. */
function raise(from: Version, position: number): Version {
  const segments = [...from.release];
  while (segments.length <= position) segments.push(0n);
  // 1.2.3.post1.dev2 precedes a post release, not the final one.
  const finalises = from.pre !== null || (isPreRelease(from) && from.post === null);
  if (finalises && segments.slice(position + 1).every((segment) => segment === 0n)) return final(from);
  if (finalises && position === 2) return final(from);
  const raised = segments.map((segment, index) =>
    index < position ? segment : index === position ? segment + 1n : 0n,
  );
  return { ...final(from), release: raised };
}

function final(from: Version): Version {
  return { ...from, pre: null, post: null, dev: null };
}

function withPre(from: Version, phase: Phase, number: bigint): Version {
  return { ...from, pre: { phase, number } };
}

function nextPreRelease(from: Version, firstPre: bigint): Version {
  if (from.pre !== null) {
    if (from.dev !== null && from.post === null) return { ...from, dev: null };
    return { ...from, pre: { ...from.pre, number: from.pre.number + 1n }, post: null, dev: null };
  }
  if (from.dev !== null && from.post === null) return withPre(final(from), 'a', firstPre);
  return withPre(raise(final(from), 2), 'a', firstPre);
}

function nextOfPhase(from: Version, phase: Phase, firstPre: bigint): Version | null {
  if (from.pre?.phase === phase) return nextPreRelease(from, firstPre);
  if (!isPreRelease(from)) return null;
  return withPre(final(from), phase, firstPre);
}
