/** `@scope/name` or `name` of an import specifier; null for relative and absolute paths and for modules that a bundler made up. */
export function packageName(specifier: string): string | null {
  if (/^(\.|\/|\0|[A-Za-z]:[\\/])/.test(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A package of this monorepo that users of the plugin do not install: its code is folded into the bundle. */
export function isFolded(name: string): boolean {
  return name.startsWith('@nx-pypi/') || name === 'nx-pypi-registry';
}
