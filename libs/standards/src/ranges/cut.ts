import { compareReleases, compareVersions } from '../versions/compare-versions.ts';
import type { Version } from '../versions/version.ts';

/**
 * A place between two versions of PEP 440's order. A cut that can be written `before` some version always is, so two cuts
 * are the same place exactly when they compare equal, and between two different cuts lies at least one version.
 * - `before`: below the version itself
 * - `after`: above the version itself, below whatever has a longer local part
 * - `after-posts`: above every post-release of the version, which is final, and below all higher releases
 */
export interface Cut {
  readonly side: 'before' | 'after' | 'after-posts';
  readonly version: Version;
}

/** Below every version: 0.dev0 is the lowest. */
export const BOTTOM: Cut = { side: 'before', version: devZero({ epoch: 0n, release: [0n], pre: null, post: null }) };

export function before(version: Version): Cut {
  return { side: 'before', version };
}

/** Above this version, below every other. */
export function after(version: Version): Cut {
  return { side: 'after', version };
}

/** Above a version without local part and all its local versions: there begins the next dev release, or the next post-release. */
export function afterLocals(version: Version): Cut {
  if (version.dev !== null) return before({ ...version, dev: version.dev + 1n });
  return before(devZero({ ...version, post: version.post === null ? 0n : version.post + 1n }));
}

/** Above a version that is no post or dev release and all post-releases of it; those of 1.0a1 end where 1.0a2 begins. */
export function afterPosts(version: Version): Cut {
  if (version.pre === null) return { side: 'after-posts', version };
  return before(devZero({ ...version, pre: { ...version.pre, number: version.pre.number + 1n } }));
}

/** Below a version and its dev releases. */
export function beforeDevs(version: Version): Cut {
  return before(devZero(version));
}

export function compareCuts(a: Cut, b: Cut): number {
  if (a.side !== 'after-posts' && b.side !== 'after-posts') {
    return compareVersions(a.version, b.version) || sideRank(a) - sideRank(b);
  }
  return compareReleases(a.version, b.version) || sideRank(a) - sideRank(b);
}

/** Whether `version` lies below the cut. */
export function liesBelow(version: Version, cut: Cut): boolean {
  if (cut.side === 'after-posts') return compareReleases(version, cut.version) <= 0;
  const order = compareVersions(version, cut.version);
  return cut.side === 'before' ? order < 0 : order <= 0;
}

function sideRank({ side }: Cut): number {
  if (side === 'before') return 0;
  return side === 'after' ? 1 : 2;
}

function devZero(version: Pick<Version, 'epoch' | 'release' | 'pre' | 'post'>): Version {
  const { epoch, release, pre, post } = version;
  return { epoch, release, pre, post, dev: 0n, local: null };
}
