import type { Declaration, PythonPackage } from './model.ts';

/** The declarations that name a package of `names` (PEP 503) other than `pkg` itself: `pkg[all]` among its own extras is no edge. */
export function internalDeclarations(pkg: PythonPackage, names: ReadonlySet<string>): readonly Declaration[] {
  return pkg.declarations.filter(
    ({ normalizedName }) => normalizedName !== pkg.normalizedName && names.has(normalizedName),
  );
}
