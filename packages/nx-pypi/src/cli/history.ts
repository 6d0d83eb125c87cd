import type { Problem } from '@nx-pypi/manifests';
import { alignedRows, publishableNames, releaseHistory, sceneOf, type HistoryEntry } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { parsed } from './arguments.ts';
import { UsageError, type Command } from './command.ts';
import { withRun } from './opened-run.ts';
import { tellProblems } from './tell-problems.ts';

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
    '  --revision SHA  only versions that this commit released; may be shortened; HEAD: the one that is checked out',
    '  --json          print JSON',
    '  --cwd DIR       the workspace; left out: this folder',
  ],
  run: (args, terminal) => {
    const { values, positionals } = parsed(args, HISTORY_OPTIONS);
    const { revision: asked = null, json } = values;
    if (positionals.length === 0 && asked === null) throw new UsageError('name a package, or give --revision SHA');
    if (asked !== null && asked !== 'HEAD' && !/^[0-9a-f]{4,64}$/i.test(asked))
      throw new UsageError(`'${asked}' is no commit id; give four digits of it or more, or HEAD`);
    return withRun(values, terminal, async ({ request, ports }) => {
      const { graph } = sceneOf(request.discovery, request);
      const names = positionals.length > 0 ? positionals.map(normalizeName) : [...publishableNames(graph, request)];
      const revision = asked === 'HEAD' ? request.checkout.revision : asked;
      if (revision === '') throw new UsageError('there is no commit yet that HEAD could mean');
      const { entries, problems: told } = await releaseHistory(names, revision, ports);
      const seen = new Set(entries.map(({ name }) => name));
      const strange = positionals.map(normalizeName).filter((name) => !graph.packages.has(name) && !seen.has(name));
      const problems = told.length > 0 ? told : strange.map(unheardOf);
      if (json === true) terminal.out(JSON.stringify({ entries, problems }, null, 2));
      else for (const line of tableOf(entries)) terminal.out(line);
      tellProblems(problems, terminal);
      return problems.length === 0 ? 0 : 1;
    });
  },
};

/** A package that is gone from the workspace has a history still; a misspelt one has neither. */
function unheardOf(name: string): Problem {
  return {
    code: 'NXPYPI_UNKNOWN_PACKAGE',
    message: `no package of this workspace is called '${name}', and the registry has no such release of it`,
    hint: 'nx-pypi list shows those that there are',
  };
}

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
