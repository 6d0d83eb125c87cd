import { isValidName, normalizeName } from '../names/name.ts';
import { parseVersion } from '../versions/parse-version.ts';
import type { Version } from '../versions/version.ts';

/** What a wheel's file name says (PEP 427); tags as written, in order, sets taken apart at their dots (PEP 425). */
export interface WheelFilename {
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
  /** As written, with its leading number; null for none. */
  readonly build: string | null;
  readonly pythonTags: readonly string[];
  readonly abiTags: readonly string[];
  readonly platformTags: readonly string[];
}

const EXTENSION = '.whl';

/** Takes `{name}-{version}(-{build})?-{python}-{abi}-{platform}.whl`, returns null for all else; dots and capitals in the name are accepted. */
export function parseWheelFilename(filename: string): WheelFilename | null {
  if (!filename.endsWith(EXTENSION)) return null;
  const parts = filename.slice(0, -EXTENSION.length).split('-');
  const [name = '', versionText = '', build = ''] = parts;
  const hasBuild = parts.length === 6;
  if (!hasBuild && parts.length !== 5) return null;
  if (!isEscapedName(name) || (hasBuild && !/^\d/.test(build))) return null;
  const version = parseVersion(versionText);
  if (version === null || versionText !== versionText.trim()) return null;
  const tags = readTags(parts.slice(-3));
  return tags === null ? null : { name: normalizeName(name), version, build: hasBuild ? build : null, ...tags };
}

function readTags(sets: readonly string[]): Pick<WheelFilename, 'pythonTags' | 'abiTags' | 'platformTags'> | null {
  const [pythonTags = [], abiTags = [], platformTags = []] = sets.map((set) => set.split('.'));
  const isTag = (tag: string): boolean => /^\w+$/.test(tag);
  return [...pythonTags, ...abiTags, ...platformTags].every(isTag) ? { pythonTags, abiTags, platformTags } : null;
}

/** Every `python-abi-platform` triple that a wheel serves, in the order of its sets (PEP 425, "Compressed tag sets"). */
export function wheelTags(wheel: Pick<WheelFilename, 'pythonTags' | 'abiTags' | 'platformTags'>): readonly string[] {
  return wheel.pythonTags.flatMap((python) =>
    wheel.abiTags.flatMap((abi) => wheel.platformTags.map((platform) => `${python}-${abi}-${platform}`)),
  );
}

/** Escaping leaves no two underscores in a row; installers refuse them. */
function isEscapedName(name: string): boolean {
  return isValidName(name) && !name.includes('__');
}
