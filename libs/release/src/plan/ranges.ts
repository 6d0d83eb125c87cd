import type { Declaration, Problem } from '@nx-pypi/manifests';
import { formatVersion, type Version } from '@nx-pypi/standards';
import { declaredRanges, shippedDeclarations } from '../detect/declared-text.ts';
import type { Detection } from '../detect/detection.ts';
import { extraOf } from '../detect/extra-of.ts';
import { pairWithShipped, type ShippedRange } from '../detect/baseline/shipped-ranges.ts';
import type { Reason } from '../model/change.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import type { EdgePolicy } from '../policy/dependents.ts';
import { constraintFor, type ConstraintAnswer } from './constraint.ts';
import type { VersionPolicy } from './planned-version.ts';
import { sameRange } from './same-range.ts';

/** What a range has to admit: the version that a dependency has after the run. */
type Target =
  | { readonly kind: 'release'; readonly version: Version; readonly reasons: readonly Reason[] }
  | { readonly kind: 'keep'; readonly version: Version; readonly inChannel?: true }
  | { readonly kind: 'stop' };

export interface RangesInput {
  readonly drafts: ReadonlyMap<string, Target>;
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
  readonly versions: Pick<VersionPolicy, 'dependents' | 'writes' | 'channel'>;
}

export interface Followed {
  readonly kind: 'ranges';
  readonly constraints: readonly PlannedConstraint[];
  readonly reasons: readonly Reason[];
}

/** What the internal declarations of a package ship, and which of these differ from what its baseline ships. */
export type Ranges =
  | Followed
  /** `byHand`: people keep the range, which leaves the dependency's version out. */
  | { readonly kind: 'stop'; readonly problem: Problem; readonly byHand: boolean };

/** Rules F1, F2 and F5. */
export function rangesOf(detection: Detection, input: RangesInput): Ranges {
  const pkg = detection.package;
  const sameDeclaration = declarationsKept(detection, input.names);
  const constraints: PlannedConstraint[] = [];
  const reasons: Reason[] = [];
  for (const { declaration, shipped } of pairWithShipped(shippedDeclarations(pkg, input.names), detection.shipped)) {
    const dependency = declaration.normalizedName;
    const target = input.drafts.get(dependency);
    // A stopped dependency stops the package too, by the gates: no range is needed for what is not sent.
    if (target === undefined || target.kind === 'stop') continue;
    if (input.versions.writes && (declaration.specifier === '' || !isMoved(target))) continue;
    const policy = input.versions.dependents.edge(pkg.normalizedName, dependency);
    const question = {
      declaration,
      dialect: pkg.dialect,
      version: target.version,
      shipped: shipped?.specifier ?? null,
      sameDeclaration: sameDeclaration(dependency),
      unchanged: detection.change.kind === 'unchanged',
      policy,
    };
    const answer = isPinned(target, input.versions) ? pin(target.version) : constraintFor(question);
    if (answer.kind === 'blocked') {
      const problem = blockedRange(detection, declaration, target.version, answer);
      return { kind: 'stop', problem, byHand: policy.follow === 'never' };
    }
    constraints.push(constraintOf(detection, declaration, answer));
    if (followed(answer, policy)) reasons.push(...rangeReasons(dependency, shipped, answer.specifier));
  }
  return { kind: 'ranges', constraints, reasons };
}

/** Rule C3: whether the dependency's version is one of the run's channel, which no range would admit. */
function isPinned(target: Exclude<Target, { kind: 'stop' }>, { channel }: RangesInput['versions']): boolean {
  return channel !== undefined && (target.kind === 'release' || target.inChannel === true);
}

/** Tells of a dependency whether its declaration is the one that the baseline's provenance recorded. */
function declarationsKept(
  { package: pkg, provenance }: Detection,
  names: ReadonlySet<string>,
): (dependency: string) => boolean {
  if (provenance === null) return () => false;
  const declared = declaredRanges(pkg, names);
  return (dependency) => provenance.declared[dependency] === declared[dependency];
}

/** What is pinned on an edge that people keep by hand releases nothing by itself. */
function followed({ from }: Extract<ConstraintAnswer, { kind: 'range' }>, { follow }: EdgePolicy): boolean {
  return from !== 'channel' || follow !== 'never';
}

function pin(version: Version): ConstraintAnswer {
  const specifier = `==${formatVersion(version)}`;
  return { kind: 'range', specifier, written: specifier, from: 'channel' };
}

/** Whether the run itself gives the package another version; what its manifest said before is not its doing. */
export function isMoved(target: Target): boolean {
  return (
    target.kind === 'release' &&
    target.reasons.some((reason) => reason.kind !== 'local-version-ahead' && reason.kind !== 'never-published')
  );
}

function constraintOf(
  { package: pkg }: Detection,
  declaration: Declaration,
  { specifier, from }: Extract<ConstraintAnswer, { kind: 'range' }>,
): PlannedConstraint {
  return {
    declaration: pkg.declarations.indexOf(declaration),
    dependency: declaration.normalizedName,
    extra: extraOf(declaration),
    specifier,
    from,
  };
}

function rangeReasons(dependency: string, shipped: ShippedRange | null, after: string): readonly Reason[] {
  if (shipped === null || sameRange(shipped.specifier, after)) return [];
  return [{ kind: 'dependency-range', dependency, before: shipped.specifier, after }];
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

/** Rule F5, with the edge named. */
export function blockedRange(
  { package: pkg }: Pick<Detection, 'package'>,
  declaration: Declaration,
  version: Version,
  { by, would }: Extract<ConstraintAnswer, { kind: 'blocked' }>,
): Problem {
  const edge = `${pkg.normalizedName} needs ${declaration.normalizedName}`;
  const [where, text] = [declaration.spot.file, formatVersion(version)];
  switch (by) {
    case 'ceiling':
      return {
        code: 'NXPYPI_RANGE_BLOCKED',
        message: `${edge} as '${declaration.written}', which does not accept ${text} and is not to be rewritten`,
        hint: 'widen the range by hand, or let the edge follow: option dependents, follow "range"',
        where,
      };
    case 'exclusion':
      return {
        code: 'NXPYPI_RANGE_BLOCKED',
        message: `${edge} as '${declaration.written}', which excludes ${text} by name`,
        hint: `release ${declaration.normalizedName} as another version, or remove the exclusion by hand`,
        where,
      };
    case 'empty':
      return {
        code: 'NXPYPI_EMPTY_RANGE',
        message: `${edge} as '${declaration.written}', which would become '${would}' for ${text} and accept no version`,
        hint: 'raise the ceiling by hand, or let ranges be rewritten as "style" or "cap-next-major"',
        where,
      };
  }
}
