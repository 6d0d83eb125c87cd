import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { runCli } from 'nx-pypi/internal';
import { expect, it } from 'vitest';
import { play, pythonTools } from '../detect/python-tools.ts';
import { pdm, pdmTool } from './pdm.ts';

const HATCHLING = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

const BAKERY = {
  'nx.json': '{ "plugins": ["nx-pypi"] }',
  '.gitignore': '.nx/\n.pdm-python\n',
  'pyproject.toml':
    '[project]\nname = "bakery"\nversion = "0.0.0"\nrequires-python = ">=3.9"\ndependencies = ["dough"]\nclassifiers = ["Private :: Do Not Upload"]\n\n[tool.uv.workspace]\nmembers = ["dough", "flour"]\n\n[tool.uv.sources]\ndough = { workspace = true }\n',
  'flour/pyproject.toml': `[project]\nname = "flour"\nversion = "1.4.2"\nrequires-python = ">=3.9"\n\n${HATCHLING}`,
  'flour/flour/__init__.py': '',
  'dough/pyproject.toml': `[project]\nname = "dough"\nversion = "1.0.0"\nrequires-python = ">=3.9"\ndependencies = ["flour~=1.4"]\n\n${HATCHLING}\n[tool.uv.sources]\nflour = { workspace = true }\n`,
  'dough/dough/__init__.py': '',
  'cake/pyproject.toml':
    '[tool.poetry]\nname = "cake"\nversion = "0.3.0"\ndescription = ""\nauthors = []\n\n[tool.poetry.dependencies]\npython = ">=3.9"\nflour = { path = "../flour", develop = true }\n',
  'cake/cake/__init__.py': '',
  'roll/pyproject.toml':
    '[project]\nname = "roll"\nversion = "0.1.0"\nrequires-python = ">=3.9"\ndependencies = ["flour @ file:///${PROJECT_ROOT}/../flour"]\nclassifiers = ["Private :: Do Not Upload"]\n\n[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n',
  'roll/roll/__init__.py': '',
};

it('lock files of uv, Poetry and PDM are refreshed by the tools themselves, which then find nothing to do', async () => {
  const root = await temporaryFolder();
  await writeTree(root, BAKERY);
  await play('uv', ['lock', '--offline', '--quiet'], { cwd: root });
  await play('poetry', ['lock', '--quiet'], { cwd: join(root, 'cake') });
  await pdm(['lock', '--quiet'], join(root, 'roll'));
  const { git } = await gitRepository(root);
  const said: string[] = [];
  const PATH = `${await pythonTools()}:${await pdmTool()}:${process.env['PATH'] ?? ''}`;
  const code = await runCli(['bump', '--set', 'flour=2.0.0', '--yes'], {
    cwd: root,
    env: { PATH, HOME: process.env['HOME'], UV_OFFLINE: '1' },
    out: (line) => void said.push(line),
    error: (line) => void said.push(line),
  });
  expect(code, said.join('\n')).toBe(0);
  const changed = await git('diff', '--name-only');
  expect(changed.trim().split('\n')).toEqual([
    'cake/poetry.lock',
    'dough/pyproject.toml',
    'flour/pyproject.toml',
    'roll/pdm.lock',
    'uv.lock',
  ]);
  expect(said.join('\n')).toContain('dough: flour ~=1.4 → ~=2.0');
  for (const lock of ['uv.lock', 'cake/poetry.lock', 'roll/pdm.lock'])
    expect(readFileSync(join(root, lock), 'utf8')).toMatch(/name = "flour"\nversion = "2\.0\.0"/);
  await play('uv', ['lock', '--check', '--offline'], { cwd: root });
  await play('poetry', ['check', '--lock'], { cwd: join(root, 'cake') });
  await pdm(['lock', '--check'], join(root, 'roll'));
  expect(await git('diff', '--name-only')).toBe(changed);
});
