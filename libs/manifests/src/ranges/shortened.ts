import { baseVersion, formatVersion } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';

/**
 * Spellings of `version` for a style that wrote `segments` release segments: as many as it had where the version is a plain
 * release, then the version in full.
 */
export function spellings(version: Version, segments: number): readonly string[] {
  const full = formatVersion(version);
  const isPlain = version.pre === null && version.dev === null && version.post === null;
  const padding = Array.from({ length: Math.max(0, segments - version.release.length) }, () => 0n);
  const release = [...version.release.slice(0, segments), ...padding];
  return isPlain ? [formatVersion({ ...baseVersion(version), release }), full] : [full];
}
