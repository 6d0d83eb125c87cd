import { bumpVersion, isLevel, type Level } from '@nx-pypi/release';
import { compareVersions, formatVersion, parseVersion, type PrePhase, type Version } from '@nx-pypi/standards';

export interface NextVersionInput {
  readonly project: string;
  /** PEP 440, or null where nothing says it. */
  readonly current: string | null;
  /** What the manifest says that is to be released, or null: a package may be ahead of its current version. */
  readonly written: Version | null;
  /** A keyword of semantic versioning, a level of ours, or a version. */
  readonly input: string;
  /** Nx's `--preid`. */
  readonly preid: string | undefined;
  /** Versions that exist, canonical. */
  readonly taken: ReadonlySet<string>;
  readonly firstPre: bigint;
}

const PHASES: Readonly<Record<string, PrePhase>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
};

/**
 * What `nx release version` asks for, by PEP 440 instead of semantic versioning; canonical text.
 * @throws Error with a sentence for people: Nx prints it and stops before anything is written.
 */
export function nextVersion(asked: NextVersionInput): string {
  const { project, current, written, input, preid, taken, firstPre } = asked;
  if (!isLevel(input)) return explicitVersion(asked);
  const from = current === null ? null : parseVersion(current);
  if (from === null)
    throw new Error(
      `${project} has no current version by PEP 440 ('${current ?? ''}') that '${input}' could be counted from`,
    );
  let next = step(project, from, { level: input, preid, firstPre });
  while (taken.has(formatVersion(next))) next = step(project, next, { level: input, preid, firstPre });
  // Rule E5: a manifest that is at or above the result stays as it is.
  return formatVersion(written !== null && compareVersions(written, next) > 0 ? written : next);
}

interface Step {
  readonly level: Level;
  readonly preid: string | undefined;
  readonly firstPre: bigint;
}

function step(project: string, from: Version, { level, preid, firstPre }: Step): Version {
  const phase = preid === undefined || preid === '' ? null : PHASES[preid.toLowerCase()];
  if (phase === undefined)
    throw new Error(`${project}: PEP 440 has no pre-releases called '${preid ?? ''}'; use a, b or rc`);
  const entersPhase = level === 'prerelease' && phase !== null && from.pre !== null && from.pre.phase !== phase;
  const bumped = bumpVersion(from, entersPhase ? phase : level, firstPre);
  if (bumped.kind === 'refused') throw new Error(`${project}: ${bumped.message}`);
  const { version } = bumped;
  const isFirst = level.startsWith('pre') && phase !== null && from.pre?.phase !== phase && version.pre !== null;
  return isFirst ? { ...version, pre: { phase, number: firstPre } } : version;
}

function explicitVersion({ project, input, current, written, taken }: NextVersionInput): string {
  const version = parseVersion(input);
  if (version === null) throw new Error(`${project} can't become '${input}': that is not a version by PEP 440`);
  const text = formatVersion({ ...version, local: null });
  if (taken.has(text)) throw new Error(`${project} can't become ${text}: the registry has it already`);
  const from = current === null ? null : parseVersion(current);
  if (from !== null && compareVersions(version, from) < 0)
    throw new Error(`${project} can't become ${text}: it is at ${formatVersion(from)}, which is higher`);
  if (written !== null && compareVersions(version, written) < 0)
    throw new Error(`${project} can't become ${text}: its manifest says ${formatVersion(written)}, which is higher`);
  return text;
}
