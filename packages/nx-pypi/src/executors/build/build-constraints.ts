import { nextMajorRange, type Declaration, type PythonPackage } from '@nx-pypi/manifests';
import { localVersion, shippedDeclarations, type PackageGraph } from '@nx-pypi/release';
import { formatVersion } from '@nx-pypi/standards';

/** What the manifest's own version would ship: declared ranges as they are, paths and bare names as a range from the neighbour's version. */
export function localConstraints(
  pkg: PythonPackage,
  graph: PackageGraph,
): readonly { readonly declaration: Declaration; readonly specifier: string }[] {
  return shippedDeclarations(pkg, new Set(graph.packages.keys())).map((declaration) => ({
    declaration,
    specifier:
      declaration.specifier === ''
        ? nextMajorRange(versionOf(declaration.normalizedName, graph))
        : declaration.specifier,
  }));
}

function versionOf(name: string, graph: PackageGraph): string {
  const pkg = graph.packages.get(name);
  return pkg === undefined ? '0' : (manifestVersion(pkg) ?? '0');
}

/** The canonical version that a manifest names, or null where it names none. */
export function manifestVersion(pkg: PythonPackage): string | null {
  const local = localVersion(pkg);
  if (local.kind === 'version') return formatVersion(local.version);
  return local.kind === 'dev' ? formatVersion(local.released) : null;
}
