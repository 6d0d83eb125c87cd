import { describeProblem, sceneOf, verifyReleased, type VerifiedFile } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { withRun } from './opened-run.ts';

const VERIFY_OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  all: { type: 'boolean' },
} as const;

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'check that what was released is shown and served as it should be; writes nothing',
  usage: [
    'nx-pypi verify [PACKAGE …] [--all] [--json] [--cwd DIR]',
    '',
    '  PACKAGE …  names; left out: every package that may be published',
    '  --all      every version; left out: the newest one of each package',
    '  --json     print JSON',
    '  --cwd DIR  the workspace; left out: this folder',
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, VERIFY_OPTIONS);
    return withRun(values, terminal, async ({ request, ports }) => {
      const asked =
        positionals.length > 0 ? positionals.map(normalizeName) : [...sceneOf(request.discovery, request).selected];
      const { files, problems } = await verifyReleased(asked, values.all === true, ports);
      if (values.json === true) terminal.out(JSON.stringify({ files, problems }, null, 2));
      else terminal.out(summaryOf(files, problems.length));
      for (const problem of problems) for (const line of describeProblem(problem)) terminal.error(line);
      return problems.length === 0 ? 0 : 1;
    });
  },
};

function summaryOf(files: readonly VerifiedFile[], problems: number): string {
  const packages = new Set(files.map(({ name }) => name)).size;
  const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
  return `${count(files.length, 'file')} of ${count(packages, 'package')} verified, ${count(problems, 'problem')}`;
}
