import { parseVersion } from '@nx-pypi/standards';
import { PLAN_FORMAT } from '../model/plan.ts';
import { isChannel } from '../policy/channel.ts';
import type { Found } from '../ports.ts';
import { PLAN_FILE_FORMAT, type PlanFile } from './plan-file.ts';

/** Reads what `nx-pypi plan --out` wrote; `where` names the file in the problem. */
export function parsePlanFile(text: string, where: string): Found<PlanFile> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad('is not JSON', where);
  }
  if (!isRecord(value) || !isRecord(value['plan'])) return bad('is not a plan', where);
  if (value['format'] !== PLAN_FILE_FORMAT || value['plan']['format'] !== PLAN_FORMAT)
    return bad(`has the format ${String(value['format'])}, which this version does not read`, where);
  return isPlanFile(value) ? { kind: 'found', value } : bad('is not a whole plan', where);
}

function isPlanFile(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & PlanFile {
  const { plan, packages } = value;
  return (
    ['tool', 'repository', 'revision'].every((key) => typeof value[key] === 'string') &&
    isRecord(plan) &&
    (plan['channel'] === undefined || isChannel(plan['channel'])) &&
    ['kept', 'stopped', 'pending'].every((key) => Array.isArray(plan[key])) &&
    isListOf(plan['releases'], isRelease) &&
    isListOf(packages, isEvidence)
  );
}

function isRelease(entry: Readonly<Record<string, unknown>>): boolean {
  const { name, path, version, reasons, constraints, artifacts } = entry;
  const isVersion = typeof version === 'string' && parseVersion(version) !== null;
  return (
    typeof name === 'string' &&
    typeof path === 'string' &&
    isVersion &&
    [reasons, constraints, artifacts].every(Array.isArray)
  );
}

function isEvidence(entry: Readonly<Record<string, unknown>>): boolean {
  const { name, digest, files } = entry;
  const isDigest = digest === null || typeof digest === 'string';
  return (
    typeof name === 'string' && isDigest && Array.isArray(files) && files.every((file) => typeof file === 'string')
  );
}

function isListOf(value: unknown, is: (entry: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((entry: unknown) => isRecord(entry) && is(entry));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(what: string, where: string): Found<never> {
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_BAD_PLAN',
      message: `${where} ${what}`,
      hint: 'make the plan anew: nx-pypi plan --out FILE',
      where,
    },
  };
}
