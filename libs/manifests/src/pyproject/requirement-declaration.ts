import { parseRequirement } from '@nx-pypi/standards';
import { normalizedName } from '../normalized-name.ts';
import { remember } from '../remember.ts';
import type { Declaration, DependencyKind, DependencySource, Problem, Spot } from '../model.ts';
import { sourceOfUrl } from './direct-reference.ts';
import type { Wanted } from '../wanted.ts';
import type { Sources } from './uv-sources.ts';

/** Where a list of requirements stands and what it is for. */
export interface Place {
  readonly kind: DependencyKind;
  readonly group: string | null;
  readonly folder: string;
  readonly sources: Sources;
  readonly wanted: Wanted;
}

/** What all lists of one manifest share. */
export type ManifestPlace = Omit<Place, 'kind' | 'group'>;

export type DeclarationReading =
  | { readonly kind: 'declaration'; readonly declaration: Declaration }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Declarations of one manifest and the problems of those that could not be read. */
export interface Declarations {
  readonly declarations: readonly Declaration[];
  readonly problems: readonly Problem[];
}

export const NOTHING: Declarations = { declarations: [], problems: [] };

const INDEX: DependencySource = { kind: 'index' };
const parsedRequirement = remember(parseRequirement);

/** Reads one PEP 508 string. */
export function readDeclaration(written: string, spot: Spot, place: Place): DeclarationReading {
  const result = parsedRequirement(written);
  if (result.kind === 'error') {
    return { kind: 'problem', problem: unreadable(written, spot, result.message) };
  }
  const { name, extras, specifier, url, marker } = result.requirement;
  const normalized = normalizedName(name);
  let source: DependencySource | undefined;
  const declaration: Declaration = {
    kind: place.kind,
    group: place.group,
    name,
    normalizedName: normalized,
    written,
    specifier: compactSpecifier(specifier),
    extras,
    marker,
    /** Looked up when it is asked for, which the graph never does. */
    get source() {
      return (source ??= sourceOf(url, normalized, place));
    },
    directReference: url !== null,
    spot,
  };
  return { kind: 'declaration', declaration };
}

/** Specifier clauses without white space and without a comma at the end. */
export function compactSpecifier(specifier: string): string {
  return /[\s,]/.test(specifier) ? specifier.replaceAll(/\s+/g, '').replace(/,+$/, '') : specifier;
}

/** Splits readings into declarations and problems, in order. */
export function collected(readings: readonly DeclarationReading[]): Declarations {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const reading of readings) {
    if (reading.kind === 'declaration') {
      declarations.push(reading.declaration);
    } else {
      problems.push(reading.problem);
    }
  }
  return { declarations, problems };
}

/** All parts, in order. */
export function joined(parts: readonly Declarations[]): Declarations {
  const some = parts.filter((part) => part !== NOTHING);
  const [only] = some;
  if (some.length < 2) return only ?? NOTHING;
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const part of some) {
    declarations.push(...part.declarations);
    problems.push(...part.problems);
  }
  return { declarations, problems };
}

function sourceOf(url: string | null, name: string, place: Place): DependencySource {
  return url === null ? (place.sources.get(name) ?? INDEX) : sourceOfUrl(url, place.folder);
}

function unreadable(written: string, spot: Spot, why: string): Problem {
  return {
    code: 'NXPYPI_BAD_REQUIREMENT',
    message: `'${written}' in ${spot.file} is no requirement (PEP 508): ${why}.`,
    hint: 'Write it as `name[extra] >=1,<2 ; marker`; until then it counts as no dependency.',
    where: spot.file,
  };
}
