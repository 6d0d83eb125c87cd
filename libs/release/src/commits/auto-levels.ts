import { levelStep } from '../bump/step.ts';
import type { Detection } from '../detect/detection.ts';
import type { VersionPolicy } from '../plan/planned-version.ts';
import type { PythonPackage } from '@nx-pypi/manifests';
import type { CommitLog } from './commit.ts';
import { commitsOf, type CommitPorts } from './commits-of.ts';
import { levelOfCommits } from './conventional.ts';

export interface Leveled {
  readonly versions: VersionPolicy;
  readonly detections: ReadonlyMap<string, Detection>;
}

/**
 * `auto`: gives every changed package that asks for it the level of its commits. Where the history does not tell, the
 * package's change is unknown, with the reason: a missing commit must not become a patch.
 */
export async function withAutoLevels(
  { versions, detections }: Leveled,
  packages: readonly PythonPackage[],
  { commits: log, builder }: Omit<CommitPorts, 'commits'> & { readonly commits?: CommitLog },
): Promise<Leveled> {
  const isAuto = (name: string): boolean => (versions.levels.get(name) ?? versions.level)?.kind === 'auto';
  const asking = [...detections].filter(([name]) => isAuto(name));
  if (asking.length === 0) return { versions: withoutAuto(versions), detections };
  const levels = new Map(versions.levels);
  const known = new Map(detections);
  for (const [name, detection] of asking) {
    levels.set(name, levelStep(versions.defaultLevel));
    const { change, package: pkg, provenance } = detection;
    if (change.kind !== 'changed') continue;
    const commits =
      log === undefined
        ? null
        : await commitsOf({ package: pkg, baseline: change.baseline, provenance, packages }, { commits: log, builder });
    if (commits === null) throw new Error('levels are read from commits, and no history was given');
    if (commits.kind === 'problem')
      known.set(name, { ...detection, change: { kind: 'unknown', problem: commits.problem } });
    else levels.set(name, levelStep(levelOfCommits(commits.value, change.baseline.version)));
  }
  return { versions: withoutAuto({ ...versions, levels }), detections: known };
}

/** Every package that could ask has its level by now. */
function withoutAuto(versions: VersionPolicy): VersionPolicy {
  return versions.level?.kind === 'auto' ? { ...versions, level: null } : versions;
}
