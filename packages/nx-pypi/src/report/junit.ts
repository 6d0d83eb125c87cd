import {
  describeOutcome,
  describeProblem,
  problemsAfter,
  type PackageResult,
  type ReleaseReport,
} from '@nx-pypi/release';

/**
 * The report as CI servers read test results: a case per package, and one per problem of the run itself.
 * Source: GitLab docs, "Unit test reports" (JUnit XML).
 */
export function junitReport(report: ReleaseReport): string {
  const cases = [
    ...report.results.map(caseOf),
    ...report.problems.map((problem) =>
      element('testcase', { classname: 'nx-pypi', name: problem.where ?? problem.code }, [
        failure(problem.code, problem.message, describeProblem(problem)),
      ]),
    ),
  ];
  const failed = report.results.filter(({ outcome }) => outcome.kind === 'failed' || problemsAfter(outcome).length > 0);
  const counts = {
    tests: String(cases.length),
    failures: String(failed.length + report.problems.length),
    skipped: String(report.results.filter(({ outcome }) => outcome.kind === 'skipped').length),
  };
  const suite = element(
    'testsuite',
    { name: report.dryRun ? 'nx-pypi publish (dry run)' : 'nx-pypi publish', ...counts },
    cases,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, [suite])}\n`;
}

/** GitLab shows the text of `failure` and `skipped`, and of their attributes nothing (its parser, `junit.rb`). */
function caseOf({ name, path, outcome }: PackageResult): string {
  const attributes = { classname: path, name, ...(path === '' ? {} : { file: path }) };
  const told = describeOutcome(outcome);
  const problems = problemsAfter(outcome);
  if (outcome.kind === 'skipped')
    return element('testcase', attributes, [element('skipped', { message: told }, [text(told)])]);
  if (outcome.kind !== 'failed' && problems.length === 0)
    return element('testcase', attributes, [element('system-out', {}, [text(told)])]);
  const [first] = problems;
  const lines = problems.flatMap((problem) => [...describeProblem(problem)]);
  const log = outcome.kind === 'failed' && outcome.log !== '' ? [element('system-out', {}, [text(outcome.log)])] : [];
  return element('testcase', attributes, [failure(first?.code ?? 'failed', told, lines), ...log]);
}

function failure(type: string, message: string, lines: readonly string[]): string {
  return element('failure', { type, message }, [text(lines.join('\n'))]);
}

function element(name: string, attributes: Readonly<Record<string, string>>, content: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(value)}"`);
  return content.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content.join('')}</${name}>`;
}

/** Characters that XML 1.0 (2.2) forbids are dropped: builds print what they like (rule H3). */
function text(value: string): string {
  return value
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
