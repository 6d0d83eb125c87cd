/** What GitLab accepts as name, version and digest. Nothing of it is normalised on the way in. */

/** GitLab `package_name_regex`: word characters, `-`, `.`, `+`, `/`, and an `@` in front or inside. */
export function isPackageName(name: string): boolean {
  return /^[\w@+./-]+$/.test(name) && /[\w.-]/.test(name) && (name.match(/@/g)?.length ?? 0) <= 2;
}

const version = new RegExp(
  [
    String.raw`^v?(?:\d+!)?\d+(?:\.\d+)*`,
    String.raw`(?:[-_.]?(?:alpha|beta|preview|pre|rc|a|b|c)[-_.]?\d*)?`,
    String.raw`(?:-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?`,
    String.raw`(?:[-_.]?dev[-_.]?\d*)?`,
    String.raw`(?:\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?$`,
  ].join(''),
  'i',
);

/** GitLab `pypi_version_regex`: the permissive pattern of PEP 440, appendix B, local versions included. */
export function isVersion(text: string): boolean {
  return version.test(text);
}

/** 64 hexadecimal digits, of either case. */
export function isSha256(text: string): boolean {
  return /^[\da-f]{64}$/i.test(text);
}

/** PEP 503, as GitLab applies it to the names that it has stored. */
export function normalizeName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

/** GitLab finds a page by the requested name in lower case, not normalised: `my_pkg` finds nothing. */
export function requestedName(name: string): string {
  return name.toLowerCase();
}
