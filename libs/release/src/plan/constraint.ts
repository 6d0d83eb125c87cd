import { nextMajorRange, restyledSpecifier, type Declaration, type DialectId } from '@nx-pypi/manifests';
import { parseSpecifierSet, specifierAllows, type Version, formatVersion } from '@nx-pypi/standards';
import type { PlannedConstraint } from '../model/plan.ts';

export interface ConstraintQuestion {
  readonly declaration: Declaration;
  readonly dialect: DialectId;
  /** The dependency's version after this run. */
  readonly version: Version;
  /** What the baseline shipped for this declaration, or null. */
  readonly shipped: string | null;
  /** Whether the baseline's provenance recorded this very declaration. */
  readonly sameDeclaration: boolean;
  /** Whether the package itself is unchanged since its baseline. */
  readonly unchanged: boolean;
}

export type ConstraintAnswer = Pick<PlannedConstraint, 'specifier' | 'from'>;

/**
 * Rule F1: what a package ships for one internal dependency. Null where the declared range can't be rewritten in its
 * own style so that it admits the version.
 */
export function constraintFor(question: ConstraintQuestion): ConstraintAnswer | null {
  const { declaration, version, shipped } = question;
  const shippedFits = shipped !== null && shipped !== '' && admits(shipped, version);
  if (declaration.specifier === '') {
    if (shippedFits && question.unchanged) return { specifier: shipped, from: 'baseline' };
    return { specifier: nextMajorRange(formatVersion(version)), from: 'next-major' };
  }
  if (admits(declaration.specifier, version)) return { specifier: declaration.specifier, from: 'declared' };
  if (shippedFits && question.sameDeclaration) return { specifier: shipped, from: 'baseline' };
  const restyled = restyledSpecifier(declaration, question.dialect, formatVersion(version));
  return restyled === null ? null : { specifier: restyled.specifier, from: 'rewritten' };
}

/** As an installer without pre-releases would see it. */
export function admits(specifier: string, version: Version): boolean {
  const set = parseSpecifierSet(specifier);
  return set !== null && specifierAllows(set, version, 'default');
}
