import { formatVersion, parseVersion } from '@nx-pypi/standards';
import { LEVELS, type Level } from './level.ts';
import { bumpVersion } from './next-version.ts';

/** One kind of version, by example. */
export interface LevelRow {
  readonly what: string;
  readonly from: string;
  /** What each level leads to; null where it is refused. */
  readonly to: Readonly<Record<Level, string | null>>;
}

const KINDS: readonly (readonly [what: string, example: string])[] = [
  ['final', '1.2.3'],
  ['final, ends in zero', '1.2.0'],
  ['below 1.0', '0.4.2'],
  ['one segment', '7'],
  ['two segments', '1.2'],
  ['four segments', '1.2.3.4'],
  ['alpha', '1.2.3a4'],
  ['beta', '1.2.3b1'],
  ['release candidate of a patch', '1.2.3rc2'],
  ['release candidate of a minor', '1.3.0rc2'],
  ['release candidate of a major', '2.0.0rc2'],
  ['post release', '1.2.3.post1'],
  ['development release', '1.2.3.dev5'],
  ['development release of a pre-release', '1.2.3rc2.dev5'],
  ['post release of a pre-release', '1.2.3rc2.post1'],
  ['with an epoch', '2!1.2.3'],
  ['with a local segment', '1.2.3+ubuntu.1'],
];

/** Every level on every kind of version. */
export function levelTable(): readonly LevelRow[] {
  return KINDS.map(([what, from]) => ({ what, from, to: targets(from) }));
}

function targets(from: string): LevelRow['to'] {
  const version = parseVersion(from);
  if (version === null) throw new Error(`${from} is not a version`);
  const pairs = LEVELS.map((level) => {
    const bumped = bumpVersion(version, level);
    return [level, bumped.kind === 'version' ? formatVersion(bumped.version) : null] as const;
  });
  return Object.fromEntries(pairs) as Record<Level, string | null>;
}
