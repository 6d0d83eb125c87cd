import { createHash } from 'node:crypto';
import { parseRequirement, parseSpecifierSet } from '@nx-pypi/standards';
import type { Interpreter } from './interpreter.ts';

export interface EnvironmentWish {
  /** PEP 508 requirements. */
  readonly requires: readonly string[];
  /** Content of the constraints file; '' for none. */
  readonly constraints: string;
  readonly indexSettings: readonly string[];
}

const FORMAT = 1;

/** Same key, same environment: 32 hex digits. */
export function environmentKey(interpreter: Interpreter, wish: EnvironmentWish): string {
  const facts = [
    FORMAT,
    interpreter.executable,
    interpreter.version,
    interpreter.platform,
    normalizedRequires(wish.requires),
    wish.constraints,
    wish.indexSettings,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

/** Sorted, without duplicates, white space and letter case that mean nothing. */
export function normalizedRequires(requires: readonly string[]): readonly string[] {
  return [...new Set(requires.map(normalizedRequirement))].sort();
}

/** Exact pins never need a refresh; neither does what a constraints file holds, which is part of the key. */
export function isPinned(wish: EnvironmentWish): boolean {
  return wish.constraints.trim() !== '' || wish.requires.every(isExact);
}

function isExact(written: string): boolean {
  const parsed = parseRequirement(written);
  if (parsed.kind === 'error') return false;
  const clauses = parseSpecifierSet(parsed.requirement.specifier)?.clauses ?? [];
  return clauses.some((clause) => clause.kind === 'arbitrary' || (clause.operator === '==' && !clause.wildcard));
}

function normalizedRequirement(written: string): string {
  const [requirement = '', ...marker] = written.split(';');
  const name = /^\s*[\w.-]+/.exec(requirement)?.[0] ?? '';
  const rest = requirement.slice(name.length);
  const compact = rest.includes('@') ? rest.trim() : rest.replaceAll(/\s+/g, '');
  const normalizedName = name
    .trim()
    .replaceAll(/[-_.]+/g, '-')
    .toLowerCase();
  return [normalizedName + compact, ...marker.map((part) => part.trim())].join('; ');
}
