import { normalizeName, parseRequirement } from '@nx-pypi/standards';
import type { Declaration, DependencyKind, DependencySource, Problem, Spot } from '../model.ts';
import { sourceOfUrl } from './direct-reference.ts';
import type { Sources } from './uv-sources.ts';

/** Where a list of requirements stands and what it is for. */
export interface Place {
  readonly kind: DependencyKind;
  readonly group: string | null;
  readonly folder: string;
  readonly sources: Sources;
}

export type DeclarationReading =
  | { readonly kind: 'declaration'; readonly declaration: Declaration }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Declarations of one manifest and the problems of those that could not be read. */
export interface Declarations {
  readonly declarations: readonly Declaration[];
  readonly problems: readonly Problem[];
}

/** Reads one PEP 508 string. */
export function readDeclaration(written: string, spot: Spot, place: Place): DeclarationReading {
  const result = parseRequirement(written);
  if (result.kind === 'error') {
    return { kind: 'problem', problem: unreadable(written, spot, result.message) };
  }
  const { name, extras, specifier, url, marker } = result.requirement;
  const normalizedName = normalizeName(name);
  const declaration: Declaration = {
    kind: place.kind,
    group: place.group,
    name,
    normalizedName,
    written,
    specifier: compactSpecifier(specifier),
    extras,
    marker,
    source: sourceOf(url, normalizedName, place),
    directReference: url !== null,
    spot,
  };
  return { kind: 'declaration', declaration };
}

/** Specifier clauses without white space and without a comma at the end. */
export function compactSpecifier(specifier: string): string {
  return specifier.replaceAll(/\s+/g, '').replace(/,+$/, '');
}

/** Splits readings into declarations and problems, in order. */
export function collected(readings: readonly DeclarationReading[]): Declarations {
  return {
    declarations: readings.flatMap((reading) => (reading.kind === 'declaration' ? [reading.declaration] : [])),
    problems: readings.flatMap((reading) => (reading.kind === 'problem' ? [reading.problem] : [])),
  };
}

export function joined(parts: readonly Declarations[]): Declarations {
  return {
    declarations: parts.flatMap((part) => part.declarations),
    problems: parts.flatMap((part) => part.problems),
  };
}

function sourceOf(url: string | null, normalizedName: string, place: Place): DependencySource {
  return url === null ? (place.sources.get(normalizedName) ?? { kind: 'index' }) : sourceOfUrl(url, place.folder);
}

function unreadable(written: string, spot: Spot, why: string): Problem {
  return {
    code: 'NXPYPI_BAD_REQUIREMENT',
    message: `'${written}' in ${spot.file} is no requirement (PEP 508): ${why}.`,
    hint: 'Write it as `name[extra] >=1,<2 ; marker`; until then it counts as no dependency.',
    where: spot.file,
  };
}
