import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree, type Repository } from '@nx-pypi/testkit';
import { runCli } from '../../src/cli/run-cli.ts';
import { serveShelf, type Shelf } from '@nx-pypi/testkit';

export interface Bakery extends Repository {
  readonly shelf: Shelf;
  readonly read: (path: string) => string;
  /** Runs `nx-pypi` in this process. */
  readonly cli: (words: readonly string[], answer?: string) => Promise<Said>;
}

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export const FILES: Readonly<Record<string, string>> = {
  'flour/pyproject.toml': '[project]\nname = "flour"\nversion = "1.4.2"  # milled\n',
  'dough/pyproject.toml': '[project]\nname = "dough"\nversion = "1.0.0"\ndependencies = ["flour[rye] ~=1.4"]\n',
  'bread/pyproject.toml':
    '[tool.poetry]\nname = "bread"\nversion = "2.1.0"\n\n[tool.poetry.dependencies]\npython = ">=3.9"\ndough = { version = "^1.0", extras = ["sour"] }\n',
  'cake/setup.cfg': '[metadata]\nname = cake\nversion = 0.3.0\n\n[options]\ninstall_requires =\n    flour>=1,<2\n',
  'cake/project.json': '{ "name": "cake", "tags": ["sweet"] }',
};

/** A bakery whose packages are all released, in a git repository of its own. */
export async function bakery(
  files: Readonly<Record<string, string>> = {},
  options: Readonly<Record<string, unknown>> = {},
): Promise<Bakery> {
  const shelf: Shelf = { flour: ['1.4.1', '1.4.2'], dough: ['1.0.0'], bread: ['2.1.0'], cake: ['0.3.0'] };
  const url = await serveShelf(shelf);
  const root = await temporaryFolder();
  const registry = { uploadUrl: `${url}/upload/`, indexUrl: `${url}/simple/` };
  const nxJson = { plugins: [{ plugin: 'nx-pypi', options: { registry, ...options } }] };
  await writeTree(root, { 'nx.json': JSON.stringify(nxJson), '.gitignore': '.nx/\n', ...FILES, ...files });
  const git = await gitRepository(root);
  return {
    ...git,
    shelf,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    cli: (words, answer) => run(root, words, answer),
  };
}

async function run(root: string, words: readonly string[], answer: string | undefined): Promise<Said> {
  const said: { out: string[]; error: string[] } = { out: [], error: [] };
  const code = await runCli(words, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: root,
      GIT_AUTHOR_NAME: 'Bea Baker',
      GIT_AUTHOR_EMAIL: 'bea@bakery.example',
      GIT_COMMITTER_NAME: 'Bea Baker',
      GIT_COMMITTER_EMAIL: 'bea@bakery.example',
    },
    out: (line) => void said.out.push(line),
    error: (line) => void said.error.push(line),
    ...(answer === undefined ? {} : { ask: () => Promise.resolve(answer) }),
  });
  return { code, out: said.out.join('\n'), error: said.error.join('\n') };
}
