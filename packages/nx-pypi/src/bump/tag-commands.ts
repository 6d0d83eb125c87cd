import type { BumpPlan } from '@nx-pypi/release';

/** What to say of versions that no file holds: they are injected when the package is built, or come from a tag. */
export function tagLines({ packages }: BumpPlan): readonly string[] {
  return packages
    .filter(({ change }) => change === 'no-file')
    .flatMap(({ name, path, version }) => [
      `${name}: no file holds its version; publish gives ${version} to the build`,
      `  to tag it as well:  git tag ${path === '.' ? `v${version}` : `${name}-v${version}`}`,
    ]);
}
