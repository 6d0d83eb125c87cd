import type { Problem } from '@nx-pypi/manifests';

/** How release tags are named where the option `tagPattern` does not say it. */
export const TAG_PATTERN = '{name}@{version}';

export function tagName(
  pattern: string,
  { name, version }: { readonly name: string; readonly version: string },
): string {
  return pattern.replaceAll('{name}', name).replaceAll('{version}', version);
}

/** What is wrong with a pattern: two releases must not get one tag, and git must take it (git-check-ref-format(1)); or null. */
export function patternProblem(pattern: string): Problem | null {
  const missing = ['{name}', '{version}'].find((part) => !pattern.includes(part));
  const sample = tagName(pattern, { name: 'name', version: '1.0' });
  const fits = /^(?![-/.])(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+(?<![/.])$/.test(sample);
  if (missing === undefined && fits) return null;
  return {
    code: 'NXPYPI_BAD_OPTION',
    message: `the option tagPattern can't be '${pattern}': ${missing === undefined ? 'git takes no such tag' : `it has no ${missing}`}`,
    hint: `give a name with {name} and {version}, such as '${TAG_PATTERN}'`,
    where: 'nx.json',
  };
}
