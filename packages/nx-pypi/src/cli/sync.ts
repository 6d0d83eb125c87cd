import {
  bumpEdits,
  publishableNames,
  sceneOf,
  selectPackages,
  syncedVersions,
  type RegistryState,
} from '@nx-pypi/release';
import type { Problem } from '@nx-pypi/manifests';
import { formatVersion } from '@nx-pypi/standards';
import { readWorkspaceText } from '@nx-pypi/workspace';
import { carryOut, foldersOf } from '../bump/carry-out.ts';
import type { OpenRun } from '../compose/open-run.ts';
import { parsed } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { withRun } from './opened-run.ts';
import { tellProblems } from './tell-problems.ts';

const OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  commit: { type: 'boolean' },
} as const;

export const syncCommand: Command = {
  name: 'sync',
  summary: "write the registry's versions into manifests that lag behind; releases nothing",
  usage: [
    'nx-pypi sync [PACKAGE|GLOB|tag:TAG …] [--dry-run] [--commit] [--json]',
    '',
    '  PACKAGE …   names, globs over names, tag:TAG; left out: every package that may be published',
    '  --dry-run   show what would be written',
    '  --commit    commit what was written',
    '',
    'No version is lowered. Ranges stay as they are.',
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, OPTIONS);
    return withRun(values, terminal, async (opened, { root }) => {
      const found = await findLagging(opened, positionals.length === 0 ? ['*'] : positionals);
      const { packages, versions } = found;
      const edits = bumpEdits({
        packages,
        versions,
        ranges: [],
        dependents: opened.request.versions.dependents,
        readText: readWorkspaceText(root),
      });
      const problems = [...found.problems, ...edits.problems];
      const rows = [...versions].map(([name, version]) => ({ name, version: formatVersion(version) }));
      const writes = problems.length === 0 && values['dry-run'] !== true;
      const names = rows.map(({ name }) => name);
      const message = `Sync ${names.length} versions with the registry`;
      const done = await carryOut({
        root,
        env: terminal.env,
        files: writes ? edits.files : [],
        names,
        folders: foldersOf(opened.request),
        branch: null,
        commit: writes && values.commit === true ? message : null,
      });
      const all = [...problems, ...done.problems];
      if (values.json === true)
        terminal.out(JSON.stringify({ packages: rows, written: done.written, problems: all }, null, 2));
      else say(rows, [...lineOf(edits.files.length, writes), ...done.lines], terminal);
      tellProblems(all, terminal);
      return all.length === 0 && done.ok ? 0 : 1;
    });
  },
};

async function findLagging({ request, ports }: OpenRun, patterns: readonly string[]) {
  const { graph } = sceneOf(request.discovery, { ...request, select: 'all' });
  const publishable = publishableNames(graph, request);
  const selection = selectPackages(patterns, { graph, publishable, tags: request.tags });
  const states = await ports.registry.read(selection.names);
  return {
    packages: [...graph.packages.values()],
    versions: syncedVersions(graph, states, request.detect),
    problems: [...selection.problems, ...[...states.values()].flatMap(unknownProblem)],
  };
}

function unknownProblem(state: RegistryState): readonly Problem[] {
  return state.kind === 'unknown' ? [state.problem] : [];
}

function lineOf(count: number, writes: boolean): readonly string[] {
  if (count === 0) return ['no manifest lags behind the registry'];
  return [`${count} ${count === 1 ? 'file' : 'files'} ${writes ? 'written' : 'would be written'}`];
}

function say(rows: readonly { name: string; version: string }[], lines: readonly string[], terminal: Terminal): void {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  for (const { name, version } of rows) terminal.out(`${name.padEnd(width)}  ${version}`);
  for (const line of lines) terminal.out(line);
}
