import {
  alignedRows,
  describeProblem,
  publishableNames,
  releaseHistory,
  sceneOf,
  type HistoryEntry,
} from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { parsed } from './arguments.ts';
import { UsageError, type Command } from './command.ts';
import { withRun } from './opened-run.ts';

const HISTORY_OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  revision: { type: 'string' },
} as const;

export const historyCommand: Command = {
  name: 'history',
  summary: 'show where released versions come from, or what a commit released; writes nothing',
  usage: [
    'nx-pypi history PACKAGE … [--json] [--cwd DIR]',
    'nx-pypi history --revision SHA [PACKAGE …] [--json] [--cwd DIR]',
    '',
    '  --revision SHA  only versions that this commit released; may be shortened',
    '  --json          print JSON',
    '  --cwd DIR       the workspace; left out: this folder',
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, HISTORY_OPTIONS);
    const { revision = null, json } = values;
    if (positionals.length === 0 && revision === null) throw new UsageError('name a package, or give --revision SHA');
    if (revision !== null && !/^[0-9a-f]{4,64}$/i.test(revision))
      throw new UsageError(`'${revision}' is no commit id; give four digits of it or more`);
    return withRun(values, terminal, async ({ request, ports }) => {
      const { graph } = sceneOf(request.discovery, request);
      const names = positionals.length > 0 ? positionals.map(normalizeName) : [...publishableNames(graph, request)];
      const { entries, problems } = await releaseHistory(names, revision, ports);
      if (json === true) terminal.out(JSON.stringify({ entries, problems }, null, 2));
      else for (const line of tableOf(entries)) terminal.out(line);
      for (const problem of problems) for (const line of describeProblem(problem)) terminal.error(line);
      return problems.length === 0 ? 0 : 1;
    });
  },
};

function tableOf(entries: readonly HistoryEntry[]): readonly string[] {
  if (entries.length === 0) return ['nothing was released'];
  return alignedRows(entries.map((entry) => [`${entry.name} ${entry.version}`, originOf(entry), notesOf(entry)]));
}

function originOf({ provenance }: HistoryEntry): string {
  if (provenance === null) return 'unknown';
  const { revision, ref, dirty, pipeline } = provenance;
  const parts = [
    revision === '' ? 'no commit' : revision.slice(0, 12),
    ...(dirty ? ['with changes'] : []),
    ...(ref === '' ? [] : [`on ${ref}`]),
    ...(pipeline === '' ? [] : [pipeline]),
  ];
  return parts.join(' ');
}

function notesOf({ yanked, missing }: HistoryEntry): string {
  return [...(yanked ? ['yanked'] : []), ...missing.map((kind) => `lacks its ${kind}`)].join(', ');
}
