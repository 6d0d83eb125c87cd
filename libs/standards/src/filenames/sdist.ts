import { isValidName, normalizeName } from '../names/name.ts';
import { parseVersion } from '../versions/parse-version.ts';
import type { Version } from '../versions/version.ts';

export interface SdistFilename {
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
}

/** PEP 625 knows `.tar.gz` alone; installers still take `.zip`. */
const EXTENSIONS: readonly string[] = ['.tar.gz', '.zip'];

/** Takes `{name}-{version}.tar.gz` or `.zip`, split at the last `-`, returns null for all else; names from before PEP 625 are accepted. */
export function parseSdistFilename(filename: string): SdistFilename | null {
  const extension = EXTENSIONS.find((candidate) => filename.endsWith(candidate));
  if (extension === undefined) return null;
  const stem = filename.slice(0, -extension.length);
  const dash = stem.lastIndexOf('-');
  if (dash === -1) return null;
  const name = stem.slice(0, dash);
  const versionText = stem.slice(dash + 1);
  const version = parseVersion(versionText);
  if (version === null || versionText !== versionText.trim() || !isValidName(name)) return null;
  return { name: normalizeName(name), version };
}
