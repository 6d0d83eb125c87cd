import { remember } from '../../remember.ts';
import type { Clause } from './term.ts';
import { clausesOf, clauseText } from './term.ts';
import { unitedClauses } from './unite.ts';

export type ConstraintReading =
  /** PEP 440; '' admits every version. */
  | { readonly kind: 'specifier'; readonly specifier: string }
  /** `reason` completes the sentence "the constraint …". */
  | { readonly kind: 'error'; readonly reason: string };

/** What a Poetry version constraint means as a PEP 440 specifier set. Alternatives (`||`) are united where PEP 440 can say it. */
export const poetryConstraint: (text: string) => ConstraintReading = remember(readConstraint);

function readConstraint(text: string): ConstraintReading {
  const alternatives = alternativesOf(text);
  if (alternatives === null) {
    return { kind: 'error', reason: 'is not a constraint that Poetry reads' };
  }
  const [only] = alternatives;
  const clauses = alternatives.length === 1 ? (only ?? []) : unitedClauses(alternatives);
  return clauses === null
    ? { kind: 'error', reason: 'has alternatives that one PEP 440 specifier set cannot express' }
    : { kind: 'specifier', specifier: clauses.map(clauseText).join(',') };
}

/** The clauses of each alternative, or null when one is no constraint. */
export function alternativesOf(text: string): readonly (readonly Clause[])[] | null {
  const alternatives = text.split(/\|\|?/).map(intersection);
  return alternatives.every((clauses) => clauses !== null) ? alternatives : null;
}

function intersection(text: string): readonly Clause[] | null {
  const terms = text
    .replaceAll(/([\^~=!<>])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((term) => term !== '');
  if (terms.length === 0) {
    return null;
  }
  const clauses: Clause[] = [];
  for (const term of terms) {
    const read = clausesOf(term);
    if (read === null) {
      return null;
    }
    clauses.push(...read);
  }
  return clauses;
}
