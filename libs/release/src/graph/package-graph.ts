import { internalDeclarations, type Declaration, type DependencyKind, type PythonPackage } from '@nx-pypi/manifests';

/** A package's need for another package of the workspace, with the declarations that make it. */
export interface Edge {
  /** Normalised names. */
  readonly from: string;
  readonly to: string;
  /** Sorted, without repetition. */
  readonly kinds: readonly DependencyKind[];
  readonly declarations: readonly Declaration[];
}

export interface PackageGraph {
  /** By normalised name, in name order. A name that two manifests claim is not in here (rule A2). */
  readonly packages: ReadonlyMap<string, PythonPackage>;
  /** Names that two or more manifests claim, with their packages. */
  readonly duplicates: ReadonlyMap<string, readonly PythonPackage[]>;
  /** Edges by the dependent's name, sorted by `to`. */
  readonly edgesFrom: ReadonlyMap<string, readonly Edge[]>;
}

/** Resolves every declaration by PEP 503 name. Edges to a duplicated name are kept: they block their dependent. */
export function buildGraph(packages: readonly PythonPackage[]): PackageGraph {
  const byName = new Map<string, PythonPackage[]>();
  for (const pkg of packages.toSorted((a, b) => order(a.normalizedName, b.normalizedName) || order(a.path, b.path))) {
    byName.set(pkg.normalizedName, [...(byName.get(pkg.normalizedName) ?? []), pkg]);
  }
  const names: ReadonlySet<string> = new Set(byName.keys());
  const single = new Map<string, PythonPackage>();
  const duplicates = new Map<string, readonly PythonPackage[]>();
  const edgesFrom = new Map<string, readonly Edge[]>();
  for (const [name, claimants] of byName) {
    const [first] = claimants;
    if (first === undefined || claimants.length > 1) {
      duplicates.set(name, claimants);
      continue;
    }
    single.set(name, first);
    edgesFrom.set(name, edgesOf(first, names));
  }
  return { packages: single, duplicates, edgesFrom };
}

/** The edges of one package to any of `names`, sorted. */
export function edgesOf(pkg: PythonPackage, names: ReadonlySet<string>): readonly Edge[] {
  const byTarget = new Map<string, Declaration[]>();
  for (const declaration of internalDeclarations(pkg, names)) {
    byTarget.set(declaration.normalizedName, [...(byTarget.get(declaration.normalizedName) ?? []), declaration]);
  }
  return [...byTarget.keys()].toSorted(order).map((to) => {
    const declarations = byTarget.get(to) ?? [];
    const kinds = [...new Set(declarations.map((declaration) => declaration.kind))].toSorted(order);
    return { from: pkg.normalizedName, to, kinds, declarations };
  });
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
