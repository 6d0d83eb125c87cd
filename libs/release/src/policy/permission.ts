import type { Problem } from '@nx-pypi/manifests';
import picomatch from 'picomatch';
import type { PlannedRelease } from '../model/plan.ts';
import type { ChannelId } from './channel.ts';

/** What rules A3 and A4 ask of the surroundings of a run. */
export interface Surroundings {
  /** The registry is on this machine: rules A3 and A4 do not apply. */
  readonly loopback: boolean;
  readonly ci: boolean;
  /** `--local`. */
  readonly local: boolean;
  readonly branch: string;
  /** Branch patterns that may release finals; empty: the default branch alone. */
  readonly releaseBranches: readonly string[];
  readonly defaultBranch: string;
  readonly allowDirty: boolean;
  /** Workspace-relative paths that differ from the commit. */
  readonly dirtyPaths: readonly string[];
  readonly newPackages: 'allow' | 'ask';
  /** `--new NAME`, or `all`. */
  readonly newNames: readonly string[];
  /** Rule C3. */
  readonly channel?: {
    readonly id: ChannelId;
    /** The channel has a registry of its own. */
    readonly apart: boolean;
  };
}

/** Rule A3 for the whole run: why nothing may be released from here, or null. */
export function runRefusal(around: Surroundings): Problem | null {
  if (around.loopback) return null;
  if (!around.ci && !around.local) {
    return {
      code: 'NXPYPI_NOT_IN_CI',
      message: 'this is not a CI job, and releases to a shared registry come from CI',
      hint: 'pass --local to release from this machine all the same',
    };
  }
  if (around.channel !== undefined) return null;
  const patterns = around.releaseBranches.length > 0 ? around.releaseBranches : [around.defaultBranch];
  if (picomatch.isMatch(around.branch, [...patterns])) return null;
  return {
    code: 'NXPYPI_NOT_A_RELEASE_BRANCH',
    message: `'${around.branch}' is not a release branch (${patterns.map((pattern) => `'${pattern}'`).join(', ')})`,
    hint: 'release from one of those branches, or list this one under the option releaseBranches',
  };
}

/** Rules A3 and A4 for one release: why it is refused, or null. */
export function releaseRefusal(release: PlannedRelease, around: Surroundings): Problem | null {
  if (around.loopback) return null;
  const dirty = around.allowDirty ? undefined : around.dirtyPaths.find((path) => isInside(path, release.path));
  if (dirty !== undefined) {
    return {
      code: 'NXPYPI_DIRTY',
      message: `${release.name} differs from the commit`,
      hint: 'commit the change first, or pass --allow-dirty',
      where: dirty,
    };
  }
  if (around.channel?.apart === true) return null;
  if (release.verdict !== 'new' || around.newPackages === 'allow') return null;
  if (around.newNames.some((name) => name === 'all' || name === release.name)) return null;
  return {
    code: 'NXPYPI_NEW_PACKAGE',
    message: `the registry does not know ${release.name}`,
    hint: `pass --new ${release.name} (or --new all) if it is to be released for the first time, or set the option newPackages to "allow"`,
  };
}

function isInside(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
