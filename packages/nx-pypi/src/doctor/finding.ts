import type { Problem } from '@nx-pypi/manifests';

/** `note`: worth knowing; `warning`: can go wrong; `wrong`: does not work. */
export type Grade = 'ok' | 'note' | 'warning' | 'wrong';

/** One line of what the doctor found. */
export interface Finding {
  /** `options`, `manifests`, `tools`, `registry`, `registry NAME`, `names`. */
  readonly topic: string;
  readonly grade: Grade;
  /** A code of ours, where there is one. */
  readonly code: string | null;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
}

export function finding(topic: string, grade: Grade, message: string, hint: string | null = null): Finding {
  return { topic, grade, code: null, message, hint };
}

export function problemFinding(topic: string, { code, message, hint }: Problem, grade: Grade = 'wrong'): Finding {
  return { topic, grade, code, message, hint };
}

/** What is wrong with a package's manifest, and where. */
export function manifestFinding(problem: Problem): Finding {
  const place = problem.where === undefined ? '' : ` (${problem.where})`;
  return problemFinding('manifests', { ...problem, message: `${problem.message}${place}` });
}

/** The findings as people read them, by topic in the order of their first finding. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  const topics = [...new Set(findings.map(({ topic }) => topic))];
  return topics.flatMap((topic) => [topic, ...findings.filter((one) => one.topic === topic).flatMap(linesOf), '']);
}

function linesOf({ grade, code, message, hint }: Finding): readonly string[] {
  const first = `  ${grade.padEnd(7)}  ${code === null ? '' : `${code}: `}${message}`;
  return hint === null ? [first] : [first, `           ${hint}`];
}
