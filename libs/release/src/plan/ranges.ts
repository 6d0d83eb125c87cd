import type { Problem } from '@nx-pypi/manifests';
import { formatVersion, type Version } from '@nx-pypi/standards';
import { declaredRanges, shippedDeclarations } from '../detect/declared-text.ts';
import type { Detection } from '../detect/detection.ts';
import { extraOf } from '../detect/extra-of.ts';
import { pairWithShipped } from '../detect/shipped-ranges.ts';
import type { Reason } from '../model/change.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import { constraintFor } from './constraint.ts';
import { sameRange } from './same-range.ts';

/** What a range has to admit: the version that a dependency has after the run. */
type Target = { readonly kind: 'release' | 'keep'; readonly version: Version } | { readonly kind: 'stop' };

export interface Followed {
  readonly kind: 'ranges';
  readonly constraints: readonly PlannedConstraint[];
  readonly reasons: readonly Reason[];
}

/** What the internal declarations of a package ship, and which of these differ from what its baseline ships. */
export type Ranges = Followed | { readonly kind: 'stop'; readonly problem: Problem };

/** Rules F1 and F2. */
export function rangesOf(
  detection: Detection,
  drafts: ReadonlyMap<string, Target>,
  names: ReadonlySet<string>,
): Ranges {
  const pkg = detection.package;
  const declared = declaredRanges(pkg, names);
  const constraints: PlannedConstraint[] = [];
  const reasons: Reason[] = [];
  for (const { declaration, shipped } of pairWithShipped(shippedDeclarations(pkg, names), detection.shipped)) {
    const target = drafts.get(declaration.normalizedName);
    // A stopped dependency stops the package too, by the gates: no range is needed for what is not sent.
    if (target === undefined || target.kind === 'stop') continue;
    const answer = constraintFor({
      declaration,
      dialect: pkg.dialect,
      version: target.version,
      shipped: shipped?.specifier ?? null,
      sameDeclaration:
        detection.provenance?.declared[declaration.normalizedName] === declared[declaration.normalizedName],
      unchanged: detection.change.kind === 'unchanged',
    });
    if (answer === null)
      return {
        kind: 'stop',
        problem: blockedRange(detection, declaration.normalizedName, declaration.written, target.version),
      };
    constraints.push({
      declaration: pkg.declarations.indexOf(declaration),
      dependency: declaration.normalizedName,
      extra: extraOf(declaration),
      ...answer,
    });
    if (shipped !== null && !sameRange(shipped.specifier, answer.specifier)) {
      reasons.push({
        kind: 'dependency-range',
        dependency: declaration.normalizedName,
        before: shipped.specifier,
        after: answer.specifier,
      });
    }
  }
  return { kind: 'ranges', constraints, reasons };
}

/** Rule C4: what is completed ships what its first files ship. */
export function shippedAgain(detection: Detection, names: ReadonlySet<string>): readonly PlannedConstraint[] {
  const pkg = detection.package;
  return pairWithShipped(shippedDeclarations(pkg, names), detection.shipped).map(
    ({ declaration, shipped }): PlannedConstraint => ({
      declaration: pkg.declarations.indexOf(declaration),
      dependency: declaration.normalizedName,
      extra: extraOf(declaration),
      specifier: shipped?.specifier ?? declaration.specifier,
      from: 'baseline',
    }),
  );
}

function blockedRange(detection: Detection, dependency: string, written: string, version: Version): Problem {
  return {
    code: 'NXPYPI_RANGE_BLOCKED',
    message: `${detection.package.normalizedName} declares '${written}' and can't be made to accept ${dependency} ${formatVersion(version)}`,
    hint: `widen the range by hand`,
    where: detection.package.manifest,
  };
}
