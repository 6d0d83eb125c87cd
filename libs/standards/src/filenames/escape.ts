import { normalizeName } from '../names/name.ts';
import { formatVersion } from '../versions/format-version.ts';
import type { Version } from '../versions/version.ts';

/** A name as it stands in file names: normalised, `_` for `-` (PEP 625; binary distribution format, "Escaping and Unicode"). */
export function escapeName(name: string): string {
  return normalizeName(name).replaceAll('-', '_');
}

/** The one file name that PEP 625 gives an sdist: `string_quartet-1.2.tar.gz`. */
export function sdistFilename(name: string, version: Version): string {
  return `${escapeName(name)}-${formatVersion(version)}.tar.gz`;
}
