import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { BuildOutcome } from '@nx-pypi/release';

/** Where a failed build's whole output is kept: `folder` is absolute, `root` is what people see paths from. */
export interface LogPlace {
  readonly folder: string;
  readonly root: string;
}

/** Keeps the output of a build that failed and says where; a disk that is full costs the file, not the outcome. */
export async function withKeptLog(outcome: BuildOutcome, name: string, place: LogPlace): Promise<BuildOutcome> {
  if (outcome.kind === 'built' || outcome.log === '') return outcome;
  const file = await keepLog(name, outcome.log, place);
  if (file === null) return outcome;
  const { problem } = outcome;
  const hint = `${problem.hint.replace(/\.$/, '')}; its whole output is in ${file}`;
  return { ...outcome, problem: { ...problem, hint } };
}

/** Writes `<folder>/<name>.log`, in place of an older one; the path as people see it, or null where it can't be written. */
export async function keepLog(name: string, log: string, { folder, root }: LogPlace): Promise<string | null> {
  const file = join(folder, `${name}.log`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${log.trimEnd()}\n`);
  } catch {
    return null;
  }
  const way = relative(root, file);
  return way.startsWith('..') || isAbsolute(way) ? file : way.split(sep).join('/');
}
