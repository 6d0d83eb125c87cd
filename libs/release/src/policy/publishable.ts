import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import { isValidName } from '@nx-pypi/standards';
import picomatch from 'picomatch';
import type { PackageGraph } from '../graph/package-graph.ts';

/** `publish: { include, exclude }`: package names, globs over them, or `tag:NAME` for Nx tags. */
export interface PublishSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Rule A1: whether a package may be published at all; `tags` are its Nx tags. A name that no index accepts (PEP 508) never is. */
export function isPublishable(pkg: PythonPackage, selection: PublishSelection, tags: readonly string[] = []): boolean {
  if (pkg.settings.publish === false || !isValidName(pkg.name)) return false;
  if (pkg.classifiers.some((classifier) => classifier.trim().startsWith('Private ::'))) return false;
  const matches = (pattern: string): boolean => matchesPackage(pattern, pkg.normalizedName, tags);
  const included = selection.include.length === 0 || selection.include.some(matches);
  return included && !selection.exclude.some(matches);
}

/** A name, a glob over names, or `tag:` and a glob over tags. */
export function matchesPackage(pattern: string, name: string, tags: readonly string[]): boolean {
  if (!pattern.startsWith('tag:')) return picomatch.isMatch(name, pattern);
  return tags.some((tag) => picomatch.isMatch(tag, pattern.slice('tag:'.length)));
}

/** Rules A1 and A2: publishable packages that need one which is never published, by name. */
export function unpublishableNeeds(
  graph: PackageGraph,
  publishable: ReadonlySet<string>,
): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const name of publishable) {
    const edge = (graph.edgesFrom.get(name) ?? []).find(
      (candidate) => candidate.kinds.some((kind) => kind !== 'group') && !publishable.has(candidate.to),
    );
    const declaration = edge?.declarations.find((candidate) => candidate.kind !== 'group');
    if (edge === undefined || declaration === undefined) continue;
    const why = graph.duplicates.has(edge.to)
      ? 'two manifests claim that name, so neither is published'
      : 'that package is not published';
    problems.set(name, {
      code: 'NXPYPI_NEEDS_UNPUBLISHABLE',
      message: `${name} needs ${edge.to} ('${declaration.written}', ${declaration.kind}), but ${why}`,
      hint: graph.duplicates.has(edge.to)
        ? `give one of the two manifests of ${edge.to} another name`
        : `publish ${edge.to} too, or set publish = false under [tool.nx-pypi] of ${name}`,
      where: declaration.spot.file,
    });
  }
  return problems;
}
