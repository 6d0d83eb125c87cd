import { formatVersion, parseSpecifierSet, specifierAllows } from '@nx-pypi/standards';
import type { Specifier, SpecifierSet, Version } from '@nx-pypi/standards';
import { nextMajor } from './next-major-range.ts';
import { spellings } from './shortened.ts';

type OrderedSpecifier = Extract<Specifier, { readonly kind: 'ordered' }>;

/** Specifier sets in the style of `specifier` for `version`, best first. The caller takes the first that admits it. */
export function specifierStyle(specifier: string, version: Version): readonly string[] {
  const set = parseSpecifierSet(specifier);
  if (set === null) {
    return [];
  }
  const [first] = set.clauses;
  const exclusions = set.clauses.filter((clause) => isExclusion(clause) && allows(clause, version));
  const bounds = set.clauses.filter((clause) => !isExclusion(clause));
  const suffix = exclusions
    .map(textOf)
    .map((text) => `,${text}`)
    .join('');
  const [only] = bounds;
  if (first === undefined || only === undefined) {
    return exclusions.length === 0 ? [] : [suffix.slice(1)];
  }
  const pinning = bounds.length === 1 ? only : bounds.find(isPinning);
  const restyled = pinning === undefined ? [between(bounds, version)] : single(pinning, version);
  return restyled.map((text) => text + suffix);
}

function single(clause: Specifier, version: Version): readonly string[] {
  if (clause.kind === 'arbitrary') {
    return [`===${formatVersion(version)}`];
  }
  const segments = clause.version.release.length;
  switch (clause.operator) {
    case '==':
      return clause.wildcard
        ? spellings(version, segments).map((text) => `==${text}.*`)
        : [`==${formatVersion(version)}`];
    case '~=':
      return spellings(version, Math.max(2, segments)).map((text) => `~=${text}`);
    case '>=':
    case '>':
    case '!=':
      return [textOf(clause), `>=${formatVersion(version)}`];
    case '<=':
      return [`<=${formatVersion(version)}`];
    case '<':
      return [textOf(clause), `<${formatVersion(nextMajor(version))}`];
  }
}

/** A range with a floor and a ceiling, in the order that it had; the ceiling stays while it lies above the version. */
function between(bounds: readonly Specifier[], version: Version): string {
  const ceiling = bounds.find((clause) => clause.kind === 'ordered' && clause.operator.startsWith('<'));
  const floor = `>=${formatVersion(version)}`;
  if (ceiling?.kind !== 'ordered') {
    return floor;
  }
  const top = allows(ceiling, version) ? textOf(ceiling) : `<${formatVersion(ceilingAbove(ceiling, bounds, version))}`;
  return bounds.indexOf(ceiling) === 0 ? `${top},${floor}` : `${floor},${top}`;
}

/** The step from floor to ceiling decides: `>=1.4,<1.5` goes on by minors, `>=1,<2` by majors. */
function ceilingAbove(ceiling: OrderedSpecifier, bounds: readonly Specifier[], version: Version): Version {
  if (ceiling.operator === '<=') {
    return nextMajor(version);
  }
  const floor = bounds.find((clause) => clause.kind === 'ordered' && clause.operator.startsWith('>'));
  const [from = 0n] = floor?.kind === 'ordered' ? floor.version.release : [];
  const { release } = ceiling.version;
  const stepsByMinor = release.length > 1 && release[0] === from && from !== 0n;
  const [major = 0n, minor = 0n] = version.release;
  const next = stepsByMinor ? { ...nextMajor(version), release: [major, minor + 1n] } : nextMajor(version);
  const padding = Array.from({ length: Math.max(0, release.length - next.release.length) }, () => 0n);
  return { ...next, release: [...next.release, ...padding] };
}

/** `~=` and `==` have floor and ceiling in one. */
function isPinning(clause: Specifier): boolean {
  return clause.kind === 'ordered' && (clause.operator === '~=' || clause.operator === '==');
}

function isExclusion(clause: Specifier): boolean {
  return clause.kind === 'ordered' && clause.operator === '!=';
}

function allows(clause: Specifier, version: Version): boolean {
  const set: SpecifierSet = { clauses: [clause] };
  return specifierAllows(set, version, 'always');
}

function textOf(clause: Specifier): string {
  return clause.kind === 'arbitrary' ? `===${clause.written}` : `${clause.operator}${clause.written}`;
}
