import type { Problem } from '@nx-pypi/manifests';
import { sceneOf, verifyReleased, type VerifiedFile } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { openCheck } from '../afterwards/open-afterwards.ts';
import type { OpenRun, RunContext } from '../compose/open-run.ts';
import { parsed } from './arguments.ts';
import type { Command } from './command.ts';
import { withRun } from './opened-run.ts';
import { tellProblems } from './tell-problems.ts';

const VERIFY_OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  all: { type: 'boolean' },
  'install-check': { type: 'boolean' },
} as const;

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'check that what was released is shown and served as it should be; writes nothing',
  usage: [
    'nx-pypi verify [PACKAGE …] [--all] [--install-check] [--json] [--cwd DIR]',
    '',
    '  PACKAGE …        names; left out: every package that may be published',
    '  --all            every version; left out: the newest one of each package',
    '  --install-check  let uv or pip resolve these versions, with what they need, from the index',
    '  --json           print JSON',
    '  --cwd DIR        the workspace; left out: this folder',
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, VERIFY_OPTIONS);
    return withRun(values, terminal, async (opened, context) => {
      const { request, ports } = opened;
      const { selected, graph } = sceneOf(request.discovery, request);
      const asked = positionals.length > 0 ? positionals.map(normalizeName) : [...selected];
      const scope = { allVersions: values.all === true, packages: graph.packages };
      const verified = await verifyReleased(asked, scope, ports);
      const { files } = verified;
      const refused = values['install-check'] === true ? await resolveAll(files, opened, context) : [];
      const told = [...verified.problems, ...refused];
      const seen = new Set(files.map(({ name }) => name));
      const unseen = positionals.map(normalizeName).filter((name) => !seen.has(name));
      const problems = told.length > 0 ? told : unseen.map(nothingReleased);
      if (values.json === true) terminal.out(JSON.stringify({ files, problems }, null, 2));
      else terminal.out(summaryOf(files, problems.length));
      tellProblems(problems, terminal);
      return problems.length === 0 ? 0 : 1;
    });
  },
};

/** Who names a package takes it for released. */
function nothingReleased(name: string): Problem {
  return {
    code: 'NXPYPI_NOTHING_RELEASED',
    message: `the registry has no release of '${name}'`,
    hint: 'nx-pypi list shows the packages of this workspace, and nx-pypi status what the registry holds of them',
  };
}

/** Every version of the files, once each. */
async function resolveAll(
  files: readonly VerifiedFile[],
  opened: OpenRun,
  context: RunContext,
): Promise<readonly Problem[]> {
  const check = await openCheck(opened, context);
  try {
    const versions = new Map(files.map(({ name, version }) => [`${name} ${version}`, { name, version }]));
    const asked = await Promise.all([...versions.values()].map((released) => check.tryInstall(released)));
    return asked.filter((problem) => problem !== null);
  } finally {
    await check.close();
  }
}

function summaryOf(files: readonly VerifiedFile[], problems: number): string {
  const packages = new Set(files.map(({ name }) => name)).size;
  const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
  return `${count(files.length, 'file')} of ${count(packages, 'package')} verified, ${count(problems, 'problem')}`;
}
