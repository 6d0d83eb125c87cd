import type { Problem } from '@nx-pypi/manifests';
import { normalizeName } from '@nx-pypi/standards';
import { closure } from '../graph/closure.ts';
import type { PackageGraph } from '../graph/package-graph.ts';
import { matchesPackage } from '../policy/publishable.ts';

export interface Selection {
  /** Sorted. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

export interface SelectionInput {
  readonly graph: PackageGraph;
  /** Names that may be published. */
  readonly publishable: ReadonlySet<string>;
  /** Nx tags by normalised name. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

/** The publishable packages that names, globs or `tag:` patterns mean. A pattern that means none of them is a problem. */
export function selectPackages(patterns: readonly string[], input: SelectionInput): Selection {
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const pattern of patterns) {
    const isName = /^[\w.-]+$/.test(pattern);
    const wanted = isName ? normalizeName(pattern) : pattern;
    const found = input.publishable.has(wanted)
      ? [wanted]
      : [...input.publishable].filter((name) => matchesPackage(wanted, name, input.tags.get(name) ?? []));
    for (const name of found) names.add(name);
    if (found.length === 0) problems.push(unknown(pattern, wanted, input));
  }
  return { names: [...names].toSorted(), problems };
}

/** Everybody whom a bump of `names` may concern: who needs them, directly or not, and who shares a version with one. */
export function bumpScope(
  names: Iterable<string>,
  graph: PackageGraph,
  lockstep: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const dependents = new Map<string, string[]>();
  for (const [from, edges] of graph.edgesFrom) {
    for (const { to } of edges) {
      const known = dependents.get(to);
      if (known === undefined) dependents.set(to, [from]);
      else known.push(from);
    }
  }
  return closure(names, (name) => [...(dependents.get(name) ?? []), ...(lockstep.get(name) ?? [])]);
}

function unknown(pattern: string, wanted: string, { graph, publishable }: SelectionInput): Problem {
  const claimants = graph.duplicates.get(wanted);
  const unpublished = graph.packages.get(wanted);
  if (claimants !== undefined) {
    return {
      code: 'NXPYPI_DUPLICATE_NAME',
      message: `'${pattern}' is the name of ${String(claimants.length)} packages`,
      hint: 'give all but one of them another name',
      where: claimants[0]?.manifest ?? '',
    };
  }
  return {
    code: 'NXPYPI_UNKNOWN_PACKAGE',
    message:
      unpublished === undefined
        ? `no package of this workspace is called '${pattern}'`
        : `'${pattern}' is not published: its manifest, its name or the option publish keeps it from that`,
    hint: `nx-pypi list shows all ${String(publishable.size)}; names, globs and tag:NAME are understood`,
    ...(unpublished === undefined ? {} : { where: unpublished.manifest }),
  };
}
