import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { createNodes } from '../../src/graph/create-nodes.ts';
import { workspaceLinks } from '../../src/graph/links.ts';

const manifest = (name: string): string => `[project]\nname = "${name}"\nversion = "1"\n`;
const TREE = {
  'README.md': 'An orchestra.\n',
  'texts/LICENSE': 'Play.\n',
  'shared/tuning.py': 'A = 440\n',
  'winds/flute/pyproject.toml': manifest('flute'),
  'winds/flute/keys/pyproject.toml': manifest('keys'),
  'winds/oboe/pyproject.toml': manifest('oboe'),
  'winds/oboe/reed.py': 'REED = 2\n',
};

/** By its path, where a link leads from there. */
async function orchestra(links: Readonly<Record<string, string>>): Promise<string> {
  const root = await temporaryFolder();
  await writeTree(root, TREE);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
  await gitRepository(root);
  return root;
}

describe('workspaceLinks', () => {
  it('tells what a link names and where it ends', async () => {
    const root = await orchestra({
      LICENSE: 'texts/LICENSE',
      'winds/flute/LICENSE': '../../LICENSE',
      'winds/flute/tuning': '../../shared',
      'winds/flute/gone': '../nowhere',
      'winds/flute/circle': 'circle',
      'winds/flute/abroad': '../../../elsewhere',
      'winds/flute/absolute': '/usr',
    });
    expect(await workspaceLinks(root)).toEqual([
      { path: 'LICENSE', targets: ['texts/LICENSE'] },
      { path: 'winds/flute/LICENSE', targets: ['LICENSE', 'texts/LICENSE'] },
      { path: 'winds/flute/circle', targets: ['winds/flute/circle'] },
      { path: 'winds/flute/gone', targets: ['winds/nowhere'] },
      { path: 'winds/flute/tuning', targets: ['shared'] },
    ]);
  });
});

describe('inputs', () => {
  it('hold what a symlink of the package leads to, files and folders, for the innermost package', async () => {
    const root = await orchestra({
      'winds/flute/README.md': '../../README.md',
      'winds/flute/keys/tuning': '../../../shared',
      'winds/flute/reeds': '../oboe',
      'winds/oboe/spare.py': 'reed.py',
    });
    const files = Object.keys(TREE).filter((file) => file.endsWith('.toml'));
    const results = await createNodes[1](files, {}, { workspaceRoot: root, nxJsonConfiguration: {} });
    const inputs = Object.fromEntries(
      results.flatMap(([, { projects = {} }]) =>
        Object.entries(projects).map(([path, { targets = {} }]) => [
          path,
          (targets['publish']?.inputs ?? []).filter(
            (input) => typeof input === 'string' && input.startsWith('{workspaceRoot}'),
          ),
        ]),
      ),
    );
    expect(inputs).toEqual({
      'winds/flute': [
        '{workspaceRoot}/README.md',
        '{workspaceRoot}/winds/oboe',
        '{workspaceRoot}/README.md/**/*',
        '{workspaceRoot}/winds/oboe/**/*',
      ],
      'winds/flute/keys': ['{workspaceRoot}/shared', '{workspaceRoot}/shared/**/*'],
      'winds/oboe': [],
    });
  });
});
