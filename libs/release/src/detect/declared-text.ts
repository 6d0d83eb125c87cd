import type { Declaration, PythonPackage } from '@nx-pypi/manifests';

/** The internal declarations that built metadata carries, or would: groups never reach it (PEP 735). */
export function shippedDeclarations(pkg: PythonPackage, names: ReadonlySet<string>): readonly Declaration[] {
  return pkg.declarations.filter(
    (declaration) =>
      (declaration.kind === 'runtime' || declaration.kind === 'extra') &&
      declaration.normalizedName !== pkg.normalizedName &&
      names.has(declaration.normalizedName),
  );
}

/** How a package declares its internal dependencies, by name: what the provenance records (I1) and rule F1 compares. */
export function declaredRanges(pkg: PythonPackage, names: ReadonlySet<string>): Readonly<Record<string, string>> {
  const declared: Record<string, string> = {};
  for (const declaration of shippedDeclarations(pkg, names)) {
    const before = declared[declaration.normalizedName];
    declared[declaration.normalizedName] =
      before === undefined ? declaration.written : `${before} | ${declaration.written}`;
  }
  return Object.fromEntries(Object.entries(declared).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Rule D3: what a build requirement of this workspace does to the artifact is in no digest of this package. */
export function needsInternalBuild(pkg: PythonPackage, names: ReadonlySet<string>): boolean {
  return pkg.declarations.some(
    ({ kind, normalizedName }) =>
      kind === 'build' && normalizedName !== pkg.normalizedName && names.has(normalizedName),
  );
}
