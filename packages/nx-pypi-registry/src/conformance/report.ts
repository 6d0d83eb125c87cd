import type { ConformanceReport, Outcome } from './target.ts';

const marks: Readonly<Record<Outcome, string>> = { same: 'same', different: 'DIFFERENT', 'not applicable': 'n/a' };

/** A report as a table of its differences and of what was not applicable, with a summary. Ends with a newline. */
export function formatReport({ results, left }: ConformanceReport): string {
  const shown = results.filter((result) => result.outcome !== 'same');
  const lines = shown.map(
    ({ id, title, evidence, outcome, detail }) =>
      `${id.padEnd(4)} ${marks[outcome].padEnd(10)} ${title} [${evidence}]\n${' '.repeat(16)}${detail}`,
  );
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  return [
    ...lines,
    ...(lines.length === 0 ? [] : ['']),
    `${count('same')} cases as GitLab, ${count('different')} different, ${count('not applicable')} not applicable.`,
    ...(isNoGitlab(results)
      ? ['Not one upload came out as in GitLab: is this a GitLab, and the project one of it?']
      : []),
    ...(left.length === 0 ? [] : ['Left behind in the registry:', ...left.map((name) => `  ${name}`)]),
    '',
  ].join('\n');
}

/** Nearly all cases begin with an upload: without one, they show nothing of the server. */
function isNoGitlab(results: ConformanceReport['results']): boolean {
  return results.find(({ id }) => id === '1')?.outcome === 'different';
}
