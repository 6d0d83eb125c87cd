import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { drawGraph } from '../../src/graph/draw-graph.ts';
import { knownGraph } from '../../src/graph/known-graph.ts';
import type { NxPypiOptions } from '../../src/options.ts';
import { readOptions } from '../../src/options/read-options.ts';

const tree = {
  'strings/viola/pyproject.toml': `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "viola"
dynamic = ["version", "dependencies"]
dependencies = ["cello>=1"]
[tool.setuptools.dynamic]
version = { attr = "viola.__version__" }
dependencies = { file = "requirements.txt" }
`,
  'strings/viola/requirements.txt': 'cello>=1\n',
  'strings/viola/viola.py': '__version__ = "1.4"\n',
  'strings/cello/pyproject.toml': '[project]\nname = "cello"\nversion = "1.0"\n',
  'winds/tuba/pyproject.toml': `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "tuba"
dynamic = ["version"]
[tool.hatch.version]
path = "tuba.py"
`,
  'winds/tuba/tuba.py': '__version__ = "2.0"\n',
  'winds/oboe/pyproject.toml': '[project]\nname = "oboe\n',
  'package.json': '{ "workspaces": ["winds/*"] }',
};

async function orchestra() {
  const root = await temporaryFolder();
  await writeTree(root, tree);
  const graph = (files: readonly string[] = Object.keys(tree), options: NxPypiOptions = {}) =>
    knownGraph(root, files, { ...readOptions(options), links: [] });
  return { root, graph, kept: join(root, '.nx/nx-pypi/graph.json') };
}

/** Writes what was kept anew, so that it shows itself when it is taken. */
function mark(kept: string): void {
  writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('"library"', '"taken from the file"'));
}

describe('the graph of the last command', () => {
  it('is taken while nothing has changed, and is what would be drawn', async () => {
    const { root, graph, kept } = await orchestra();
    const drawn = graph();
    expect(drawn.edges).toEqual([
      { from: 'strings/viola', to: 'strings/cello', sourceFile: 'strings/viola/pyproject.toml' },
    ]);
    const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
    expect(graph()).toEqual(drawGraph(Object.keys(tree), { ...readOptions({}), links: [] }, read));
    mark(kept);
    expect(JSON.stringify(graph())).toContain('taken from the file');
  });

  const files = Object.keys(tree);
  it.each<[string, Readonly<Record<string, string>>, readonly string[], NxPypiOptions]>([
    ['a manifest', { 'strings/cello/pyproject.toml': '[project]\nname = "cello"\nversion = "1.1"\n' }, files, {}],
    ['a version file', { 'strings/viola/viola.py': '__version__ = "1.5"\n' }, files, {}],
    ['a requirements file', { 'strings/viola/requirements.txt': 'bow>=1\n' }, files, {}],
    ['what was not there before', { 'winds/tuba/hatch.toml': '[version]\nsource = "vcs"\n' }, files, {}],
    ['package.json', { 'package.json': '{}' }, files, {}],
    ['the options', {}, files, { publishTargetName: 'perform' }],
    ['the list of files', {}, files.slice(0, -2), {}],
  ])('is drawn anew when %s changed', async (_what, change, now, options) => {
    const { root, graph, kept } = await orchestra();
    graph();
    mark(kept);
    await writeTree(root, change);
    const drawn = graph(now, options);
    expect(JSON.stringify(drawn)).not.toContain('taken from the file');
    rmSync(kept);
    expect(drawn).toEqual(graph(now, options));
  });

  it('is drawn anew when a file that was read is gone, or what was kept is no JSON', async () => {
    const { root, graph, kept } = await orchestra();
    graph();
    mark(kept);
    rmSync(join(root, 'strings/viola/viola.py'));
    expect(JSON.stringify(graph())).not.toContain('taken from the file');
    const drawn = graph();
    writeFileSync(kept, '{ "question":');
    expect(graph()).toEqual(drawn);
  });
});
