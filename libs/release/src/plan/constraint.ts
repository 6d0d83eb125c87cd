import { nextMajorRange, type Declaration, type DialectId, type RestyledSpecifier } from '@nx-pypi/manifests';
import {
  compareVersions,
  formatVersion,
  isEmptyRange,
  rangeOf,
  specifierAllows,
  type Version,
} from '@nx-pypi/standards';
import type { PlannedConstraint } from '../model/plan.ts';
import type { EdgePolicy } from '../policy/dependents.ts';
import { excludes, raisedRange, rewrittenRange } from './rewrite-range.ts';
import { parsedSet } from './parsed-set.ts';

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
  readonly policy: EdgePolicy;
}

export type ConstraintAnswer =
  | {
      readonly kind: 'range';
      readonly specifier: string;
      /** As the manifest would write it, without name, extras and marker. */
      readonly written: string;
      readonly from: PlannedConstraint['from'];
    }
  /** `ceiling`: the range leaves the version out and people keep it by hand; `empty`: it would admit nothing. */
  | { readonly kind: 'blocked'; readonly by: 'ceiling' | 'exclusion' | 'empty'; readonly would: string };

/** Rule F1: what a package ships for one internal dependency, or why no range of that kind admits the version (F5). */
export function constraintFor(question: ConstraintQuestion): ConstraintAnswer {
  const { declaration, version, shipped, policy } = question;
  const shippedFits =
    shipped !== null && shipped !== '' && admits(shipped, version) && !follows(policy, shipped, version);
  if (declaration.specifier === '') {
    if (shippedFits && question.unchanged) return range(shipped, 'baseline');
    return range(bareRange(question), 'next-major');
  }
  const declaredFits = admits(declaration.specifier, version);
  if (declaredFits && !follows(policy, declaration.specifier, version)) return range(declaration.specifier, 'declared');
  if (shippedFits && question.sameDeclaration) return range(shipped, 'baseline');
  if (policy.follow === 'never') return { kind: 'blocked', by: 'ceiling', would: declaration.specifier };
  if (excludes(declaration.specifier, version))
    return { kind: 'blocked', by: 'exclusion', would: declaration.specifier };
  const answer = rewrittenRange(declaration, question.dialect, version, policy.rewrite);
  if (answer === null || !follows(policy, answer.specifier, version)) return checked(answer, version);
  return checked(raisedRange({ ...declaration, ...answer }, question.dialect, version), version);
}

/** A bare name has no style: a floor, and a ceiling below the next major version unless the policy says otherwise. */
function bareRange({ declaration, dialect, version, policy }: ConstraintQuestion): string {
  const rewrite = policy.rewrite === 'style' ? 'cap-next-major' : policy.rewrite;
  return rewrittenRange(declaration, dialect, version, rewrite)?.specifier ?? nextMajorRange(formatVersion(version));
}

/** `always`: while the range admits versions below the dependency's. */
function follows(policy: EdgePolicy, specifier: string, version: Version): boolean {
  if (policy.follow !== 'always') return false;
  const set = parsedSet(specifier);
  if (set === null) return false;
  return !set.clauses.some(
    (clause) =>
      clause.kind === 'ordered' &&
      ['>=', '==', '~='].includes(clause.operator) &&
      !clause.wildcard &&
      compareVersions(clause.version, version) === 0,
  );
}

function checked(answer: RestyledSpecifier | null, version: Version): ConstraintAnswer {
  if (answer === null) return { kind: 'blocked', by: 'ceiling', would: '' };
  if (admits(answer.specifier, version)) return { kind: 'range', ...answer, from: 'rewritten' };
  const set = parsedSet(answer.specifier);
  const empty = set !== null && isEmptyRange(rangeOf(set));
  return { kind: 'blocked', by: empty ? 'empty' : 'ceiling', would: answer.specifier };
}

function range(specifier: string, from: PlannedConstraint['from']): ConstraintAnswer {
  return { kind: 'range', specifier, written: specifier, from };
}

/** As an installer without pre-releases would see it. */
export function admits(specifier: string, version: Version): boolean {
  const set = parsedSet(specifier);
  return set !== null && specifierAllows(set, version, 'default');
}
