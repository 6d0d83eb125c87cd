import { expect } from 'vitest';
import { parseMarker, parseRequirement, parseSpecifierSet, parseVersion } from '../src/index.ts';
import type { Marker, Requirement, SpecifierSet, Version } from '../src/index.ts';

/** Readers for texts that a test knows to be right; they fail the test when they are not. */
export function version(text: string): Version {
  return present(parseVersion(text), text);
}

export function specifiers(text: string): SpecifierSet {
  return present(parseSpecifierSet(text), text);
}

export function requirement(text: string): Requirement {
  const result = parseRequirement(text);
  return present(result.kind === 'requirement' ? result.requirement : null, text);
}

export function marker(text: string): Marker {
  const result = parseMarker(text);
  return present(result.kind === 'marker' ? result.marker : null, text);
}

function present<T>(value: T | null, text: string): T {
  if (value === null) expect.fail(`${JSON.stringify(text)} does not parse`);
  return value;
}
