/** Rule D5: what is not counted when two builds of one package are compared. */

/** Metadata fields that a backend or its version decides, not the source. */
export const UNCOUNTED_FIELDS: ReadonlySet<string> = new Set([
  'metadata-version',
  'dynamic',
  'license-file',
  'name',
  // Newer backends list the modules that they ship (PEP 794).
  'import-name',
  'import-namespace',
]);

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** An empty entry_points.txt says what a missing one says; some backends write it (pdm-backend from 2.2 on). */
export function saysNothing(place: string, sha256: string): boolean {
  return place === '*.dist-info/entry_points.txt' && sha256 === EMPTY;
}

const LICENCE = /^(?:licen[cs]e|copying|notice|authors)/i;

/**
 * Where a wheel's member counts: its `.dist-info` and `.data` folders without name and version, licence files wherever they
 * lie; null for what is not counted.
 */
export function wheelPlace(path: string): string | null {
  const info = /^[^/]+\.dist-info\/(?<rest>.+)$/.exec(path)?.groups?.['rest'];
  if (info === undefined) return path.replace(/^[^/]+\.data\//, '*.data/');
  if (/^RECORD(?:\.jws|\.p7s)?$/.test(info)) return null;
  const base = info.slice(info.lastIndexOf('/') + 1);
  return info.includes('licenses/') || LICENCE.test(base) ? `licence ${base}` : `*.dist-info/${info}`;
}

/** The same of an sdist: without its top folder and what setuptools generates. */
export function sdistPlace(path: string): string | null {
  const rest = path.slice(path.indexOf('/') + 1);
  return /(?:^|\/)[^/]+\.egg-info(?:\/|$)/.test(rest) ? null : rest;
}

/** WHEEL without the lines that name its maker; sorted, as header order does not count. */
export function wheelFileText(content: string): string {
  return content
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !/^(?:Generator|Wheel-Version):/i.test(line))
    .map((line) => line.trim())
    .sort()
    .join('\n');
}

/** The build tool that WHEEL names, as `name version`: setuptools and others put the version in parentheses. */
export function makerOf(content: string): string | null {
  const written = /^Generator:\s*(?<name>\S+)\s*\(?(?<version>[^\s()]*)/im.exec(content)?.groups;
  return written?.['name'] === undefined ? null : `${written['name']} ${written['version'] ?? ''}`.trim();
}
