import { type Declaration, type ManifestChange, type Problem, type PythonPackage } from '@nx-pypi/manifests';
import type { Version } from '@nx-pypi/standards';
import { constraintFor } from '../plan/constraint.ts';
import { blockedRange } from '../plan/ranges.ts';
import type { DependentsPolicy } from '../policy/dependents.ts';
import type { RewrittenRange } from './bump-plan.ts';

/** A range to rewrite, as people see it and as the manifest is edited. */
export interface RangeChange {
  readonly range: RewrittenRange;
  readonly change: Extract<ManifestChange, { kind: 'rewrite-range' }>;
}

/**
 * Every internal range of a package, shipped or not, that leaves out a version of `moved`: development groups, build
 * requirements and packages that are never published have to be installable too. A range that people keep by hand counts
 * where it is shipped alone.
 */
export function rewrittenRanges(
  pkg: PythonPackage,
  moved: ReadonlyMap<string, Version>,
  policy: DependentsPolicy,
): { readonly changes: readonly RangeChange[]; readonly problems: readonly Problem[] } {
  const changes: RangeChange[] = [];
  const problems: Problem[] = [];
  for (const declaration of pkg.declarations) {
    const version = moved.get(declaration.normalizedName);
    if (version === undefined || declaration.normalizedName === pkg.normalizedName) continue;
    if (declaration.specifier === '' || declaration.directReference) continue;
    const edge = policy.edge(pkg.normalizedName, declaration.normalizedName);
    const shipped = declaration.kind === 'runtime' || declaration.kind === 'extra';
    const answer = constraintFor({
      declaration,
      dialect: pkg.dialect,
      version,
      shipped: null,
      sameDeclaration: false,
      unchanged: false,
      policy: edge,
    });
    if (answer.kind === 'blocked') {
      if (shipped || edge.follow !== 'never')
        problems.push(blockedRange({ package: pkg }, declaration, version, answer));
    } else if (answer.from === 'rewritten') {
      changes.push(changeOf(pkg, declaration, { ...answer, shipped }));
    }
  }
  return { changes, problems };
}

function changeOf(
  pkg: PythonPackage,
  declaration: Declaration,
  { specifier, written, shipped }: { readonly specifier: string; readonly written: string; readonly shipped: boolean },
): RangeChange {
  return {
    range: {
      name: pkg.normalizedName,
      path: pkg.path,
      dependency: declaration.normalizedName,
      before: declaration.specifier,
      after: specifier,
      file: declaration.spot.file,
      shipped,
    },
    change: { kind: 'rewrite-range', declaration, specifier, written },
  };
}
