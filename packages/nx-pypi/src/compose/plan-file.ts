import { readFileSync } from 'node:fs';
import type { Found, ReleasePlan } from '@nx-pypi/release';

/** Reads a plan as `nx-pypi plan --json` prints it. */
export function readPlan(file: string): Found<ReleasePlan> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isPlan(value)) return { kind: 'found', value };
    return refused(file, 'is no plan of this version');
  } catch (error) {
    return refused(file, `can't be read as a plan: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isPlan(value: unknown): value is ReleasePlan {
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== 1) return false;
  const lists = ['releases', 'kept', 'stopped', 'pending'] as const;
  return lists.every((name) => name in value && Array.isArray((value as Record<string, unknown>)[name]));
}

function refused(file: string, what: string): Found<never> {
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_BAD_PLAN',
      message: `${file} ${what}`,
      hint: 'write it with nx-pypi plan --json, and read it with the same version',
      where: file,
    },
  };
}
