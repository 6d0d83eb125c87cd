import {
  nextMajorRange,
  restyledSpecifier,
  type Declaration,
  type DialectId,
  type RestyledSpecifier,
} from '@nx-pypi/manifests';
import {
  compareVersions,
  formatSpecifierSet,
  formatVersion,
  publicVersion,
  specifierAllows,
  type Specifier,
  type SpecifierSet,
  type Version,
} from '@nx-pypi/standards';
import type { Rewrite } from '../policy/dependents.ts';
import { parsedSet } from './parsed-set.ts';

type Written = Pick<Declaration, 'specifier' | 'written' | 'directReference'>;

/** A declared range as `rewrite` wants it for a version; whether it admits the version is the caller's to check. */
export function rewrittenRange(
  declaration: Written,
  dialect: DialectId,
  version: Version,
  rewrite: Rewrite,
): RestyledSpecifier | null {
  const text = formatVersion(publicVersion(version));
  switch (rewrite) {
    case 'style':
      return restyled(declaration, dialect, text);
    case 'exact':
      return plain(`==${text}`);
    case 'compatible':
      return plain(`~=${formatVersion(withTwoSegments(publicVersion(version)))}`);
    case 'floor':
      return withFloor(declaration.specifier, text);
    case 'cap-next-major':
      return plain(nextMajorRange(text));
  }
}

/** PEP 440 styles depend on the specifier alone, and a monorepo repeats few of them: the latest answers are kept. */
const styles = new Map<string, RestyledSpecifier | null>();

function restyled(declaration: Written, dialect: DialectId, version: string): RestyledSpecifier | null {
  if (dialect === 'poetry' || declaration.directReference) return restyledSpecifier(declaration, dialect, version);
  const key = `${declaration.specifier} ${version}`;
  const known = styles.get(key);
  if (known !== undefined) return known;
  if (styles.size >= 4096) styles.clear();
  const answer = restyledSpecifier(declaration, dialect, version);
  styles.set(key, answer);
  return answer;
}

/** The range with its lower bound raised to `version`, everything else kept: for a dependent that always follows. */
export function raisedRange(declaration: Written, dialect: DialectId, version: Version): RestyledSpecifier | null {
  const styled = rewrittenRange(declaration, dialect, version, 'style');
  if (styled !== null && startsAt(styled.specifier, version)) return styled;
  const text = formatVersion(publicVersion(version));
  const [, sign] = /^(\^|~(?!=))/.exec(declaration.written.trim()) ?? [];
  if (dialect === 'poetry' && sign !== undefined) {
    const full = restyledSpecifier({ ...declaration, written: `${sign}${text}` }, dialect, text);
    if (full !== null && startsAt(full.specifier, version)) return full;
  }
  return withFloor(declaration.specifier, text, true);
}

/** The clauses that a human excluded a version with: `!=1.4.2`. */
export function excludes(specifier: string, version: Version): boolean {
  const set = parsedSet(specifier);
  return (
    set !== null &&
    set.clauses.some(
      (clause) =>
        clause.kind === 'ordered' &&
        clause.operator === '!=' &&
        !specifierAllows({ clauses: [clause] }, version, 'always'),
    )
  );
}

function startsAt(specifier: string, version: Version): boolean {
  const set = parsedSet(specifier);
  const lower = set?.clauses.some(
    (clause) => isLower(clause) && clause.kind === 'ordered' && compareVersions(clause.version, version) === 0,
  );
  return lower === true;
}

function withFloor(specifier: string, version: string, keepPins = false): RestyledSpecifier | null {
  const set = parsedSet(specifier);
  if (set === null) return null;
  const kept = set.clauses.filter((clause) => !isLower(clause) || (keepPins && isPin(clause)));
  const rest: SpecifierSet = { clauses: kept };
  return plain(kept.length === 0 ? `>=${version}` : `>=${version},${formatSpecifierSet(rest)}`);
}

function isLower(clause: Specifier): boolean {
  return clause.kind === 'arbitrary' || ['>=', '>', '~=', '=='].includes(clause.operator);
}

/** Floor and ceiling in one: `~=1.6`, `==1.*`. */
function isPin(clause: Specifier): boolean {
  return clause.kind === 'ordered' && (clause.operator === '~=' || (clause.operator === '==' && clause.wildcard));
}

/** `~=2` is no specifier (PEP 440, compatible release). */
function withTwoSegments(version: Version): Version {
  return version.release.length > 1 ? version : { ...version, release: [...version.release, 0n] };
}

function plain(specifier: string): RestyledSpecifier {
  return { specifier, written: specifier };
}
