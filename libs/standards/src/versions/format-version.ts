import type { Version } from './version.ts';

/** The canonical text of a version (PEP 440, appendix on normalisation); release segments are kept, `1.0` stays `1.0`. */
export function formatVersion(version: Version): string {
  const epoch = version.epoch === 0n ? '' : `${version.epoch}!`;
  const pre = version.pre === null ? '' : `${version.pre.phase}${version.pre.number}`;
  const post = version.post === null ? '' : `.post${version.post}`;
  const dev = version.dev === null ? '' : `.dev${version.dev}`;
  const local = version.local === null ? '' : `+${version.local.join('.')}`;
  return `${epoch}${version.release.join('.')}${pre}${post}${dev}${local}`;
}
