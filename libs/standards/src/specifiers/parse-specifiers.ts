import { parseVersion } from '../versions/parse-version.ts';
import type { Version } from '../versions/version.ts';
import type { Specifier, SpecifierOperator, SpecifierSet } from './specifier.ts';

const WILDCARD = '.*';

/** Longest first: an operator is not taken for the beginning of another. */
const OPERATORS: readonly SpecifierOperator[] = ['===', '~=', '==', '!=', '<=', '>=', '<', '>'];

/**
 * Takes clauses separated by commas, returns null when one is not a specifier of PEP 440.
 * '' is the set that allows everything; empty clauses (`>=1,`) are passed over, as installers do.
 */
export function parseSpecifierSet(text: string): SpecifierSet | null {
  const clauses: Specifier[] = [];
  for (const part of text.split(',')) {
    const written = part.trim();
    const clause = written === '' ? undefined : parseSpecifier(written);
    if (clause === null) return null;
    if (clause !== undefined) clauses.push(clause);
  }
  return { clauses };
}

/** Takes one clause such as `>= 1.2`, returns null when it is none. */
export function parseSpecifier(text: string): Specifier | null {
  const trimmed = text.trim();
  const operator = OPERATORS.find((candidate) => trimmed.startsWith(candidate));
  if (operator === undefined) return null;
  const written = trimmed.slice(operator.length).trim();
  if (operator === '===') return isArbitraryText(written) ? { kind: 'arbitrary', written } : null;
  const wildcard = written.endsWith(WILDCARD);
  const versionText = wildcard ? written.slice(0, -WILDCARD.length) : written;
  if (versionText !== versionText.trimEnd()) return null;
  const version = parseVersion(versionText);
  if (version === null || !isAdmitted(operator, version, wildcard)) return null;
  return { kind: 'ordered', operator, version, wildcard, written };
}

function isArbitraryText(text: string): boolean {
  return /^[^\s;)]+$/.test(text);
}

/** Which parts of a version each operator admits (PEP 440, "Version specifiers"). */
function isAdmitted(operator: SpecifierOperator, version: Version, wildcard: boolean): boolean {
  const isPlain = version.pre === null && version.post === null && version.dev === null && version.local === null;
  if (operator === '==' || operator === '!=') return !wildcard || isPlain;
  if (wildcard || version.local !== null) return false;
  return operator !== '~=' || version.release.length > 1;
}
