import {
  describeOutcome,
  describeProblem,
  type PackageOutcome,
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
  const count = (kind: PackageOutcome['kind']): number =>
    report.results.filter(({ outcome }) => outcome.kind === kind).length;
  const counts = {
    tests: String(cases.length),
    failures: String(count('failed') + report.problems.length),
    skipped: String(count('skipped')),
  };
  const suite = element(
    'testsuite',
    { name: report.dryRun ? 'nx-pypi publish (dry run)' : 'nx-pypi publish', ...counts },
    cases,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, [suite])}\n`;
}

function caseOf({ name, path, outcome }: PackageResult): string {
  const attributes = { classname: path, name, ...(path === '' ? {} : { file: path }) };
  switch (outcome.kind) {
    case 'failed': {
      const [first] = outcome.problems;
      const lines = outcome.problems.flatMap((problem) => [...describeProblem(problem)]);
      const log = outcome.log === '' ? [] : [element('system-out', {}, [text(outcome.log)])];
      return element('testcase', attributes, [
        failure(first?.code ?? 'failed', describeOutcome(outcome), lines),
        ...log,
      ]);
    }
    case 'skipped':
      return element('testcase', attributes, [element('skipped', { message: describeOutcome(outcome) }, [])]);
    case 'published':
    case 'planned':
    case 'unchanged':
      return element('testcase', attributes, [element('system-out', {}, [text(describeOutcome(outcome))])]);
  }
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
