import { showArtifact } from '@nx-pypi/builder';
import { explain, explanationLines, planRun, sceneOf, type WhyPorts } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { commitTime } from '@nx-pypi/workspace';
import type { OpenRun } from '../compose/open-run.ts';
import { problemText } from '../executors/publish/publish-run.ts';
import { NEVER } from '../report/stop-sign.ts';
import { parsed } from './arguments.ts';
import { UsageError, type Command, type Terminal } from './command.ts';
import { withRun } from './opened-run.ts';
import { RUN_OPTIONS, RUN_USAGE, runOptions } from './run-arguments.ts';

export const whyCommand: Command = {
  name: 'why',
  summary: 'show why a package would be released or not, with what differs from the registry; writes nothing',
  usage: [
    'nx-pypi why PACKAGE [--full] [--json] [OPTIONS]',
    '',
    '  --full              show long diffs to their end',
    ...RUN_USAGE.filter((line) => !line.includes('PACKAGE …')),
  ],
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args, { ...RUN_OPTIONS, full: { type: 'boolean' } });
    const [word, second] = positionals;
    if (word === undefined || second !== undefined) throw new UsageError('name one package');
    const name = normalizeName(word);
    return withRun(
      values,
      terminal,
      (opened, { root }) =>
        why(name, opened, { root, terminal, json: values.json === true, full: values.full === true }),
      runOptions(values, [], true),
    );
  },
};

interface Telling {
  readonly root: string;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly full: boolean;
}

/** Everything that the package needs is planned with it: the cause may lie there. */
async function why(name: string, { request, ports }: OpenRun, telling: Telling): Promise<number> {
  const { root, terminal } = telling;
  const scene = sceneOf(request.discovery, { ...request, select: [name] });
  if (!scene.selected.has(name)) return notReleased(name, scene.names, terminal);
  const planned = await planRun({ ...request, select: scene.involved }, { ...ports, progress: () => {}, stop: NEVER });
  const whyPorts: WhyPorts = {
    ...ports,
    show: showArtifact,
    committed: (revision) => commitTime(root, revision, terminal.env),
  };
  const explanation = await explain(planned, name, whyPorts);
  if (explanation === null) throw new Error(`${name} was planned and has no explanation`);
  if (telling.json) terminal.out(JSON.stringify(explanation, null, 2));
  else for (const line of explanationLines(explanation, telling.full)) terminal.out(line);
  return explanation.problem === null && explanation.decision.kind !== 'stop' ? 0 : 1;
}

function notReleased(name: string, names: ReadonlySet<string>, terminal: Terminal): number {
  if (names.has(name)) {
    terminal.out(
      `${name} is not released: its manifest, its name, a second manifest of that name, or the option publish keeps it from that`,
    );
    return 0;
  }
  const problem = {
    code: 'NXPYPI_NO_PACKAGE',
    message: `this workspace has no package named ${name}`,
    hint: 'nx-pypi list shows those that there are',
  };
  terminal.error(problemText([problem]));
  return 1;
}
