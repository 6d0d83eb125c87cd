import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nxWorkspace, type NxWorkspace } from '../nx-workspace.ts';

/** flute ← duo ← concert; tuba stands alone, with the README of the whole by a symlink. */
const PACKAGES = [
  { name: 'orchestra-flute', backend: 'hatchling', version: '1.0.0' },
  { name: 'orchestra-tuba', backend: 'setuptools', version: '1.0.0' },
  { name: 'orchestra-duo', backend: 'hatchling', version: '1.0.0', dependencies: ['Orchestra.Flute>=1,<2'] },
  { name: 'orchestra-concert', backend: 'flit', version: '1.0.0', dependencies: ['orchestra-duo~=1.0'] },
] as const;

/** Nx 22 selects projects, 24 selects tasks by their inputs; both are in the field. */
const VERSIONS = ['22.7.12', '23.3.2', '24.0.6'];

async function affected(workspace: NxWorkspace): Promise<readonly string[]> {
  const { code, text } = await workspace.nx([
    'show',
    'projects',
    '--affected',
    '--withTarget',
    'publish',
    '--base=HEAD~1',
    '--json',
  ]);
  expect(code, text).toBe(0);
  const line = text.split('\n').find((candidate) => candidate.startsWith('['));
  return (JSON.parse(line ?? '[]') as string[]).toSorted();
}

async function edges(workspace: NxWorkspace): Promise<Readonly<Record<string, readonly string[]>>> {
  const { code, text } = await workspace.nx(['graph', '--file=graph.json']);
  expect(code, text).toBe(0);
  const { graph } = JSON.parse(readFileSync(join(workspace.root, 'graph.json'), 'utf8')) as {
    graph: { dependencies: Record<string, { target: string }[]> };
  };
  return Object.fromEntries(
    Object.entries(graph.dependencies).map(([name, targets]) => [name, targets.map((edge) => edge.target).toSorted()]),
  );
}

describe.each(VERSIONS)('Nx %s', (nxVersion) => {
  it('shows the packages and their edges, and selects what a change concerns', async () => {
    const workspace = await nxWorkspace({ packages: PACKAGES, nxVersion, files: { 'README.md': 'Instruments.\n' } });
    symlinkSync('../../README.md', join(workspace.root, 'packages/orchestra-tuba/README.md'));
    await workspace.commit('Tell the tuba what the orchestra tells');
    expect(await edges(workspace)).toEqual({
      'orchestra-flute': [],
      'orchestra-tuba': [],
      'orchestra-duo': ['orchestra-flute'],
      'orchestra-concert': ['orchestra-duo'],
    });
    await workspace.commit('Write about the flute', { 'packages/orchestra-flute/NOTES.md': 'It is made of wood.\n' });
    expect(await affected(workspace)).toEqual(['orchestra-concert', 'orchestra-duo', 'orchestra-flute']);
    await workspace.commit('Explain the workspace', { 'README.md': 'An orchestra.\n' });
    expect(await affected(workspace)).toEqual(['orchestra-tuba']);
    await workspace.commit('Tell where we play', { 'docs/halls.txt': 'In halls.\n' });
    expect(await affected(workspace)).toEqual([]);
    const manifest = join(workspace.root, 'packages/orchestra-concert/pyproject.toml');
    writeFileSync(manifest, `${readFileSync(manifest, 'utf8')}\n# tuned\n`);
    await workspace.commit('Tune the concert');
    expect(await affected(workspace)).toEqual(['orchestra-concert']);
  });
});

describe('edges follow other files', () => {
  it('sees a renamed and an added package in the unchanged declarations of others, by the daemon too', async () => {
    const workspace = await nxWorkspace({ packages: PACKAGES });
    const daemon = { NX_DAEMON: 'true' };
    const show = async (): Promise<readonly string[]> => {
      const { text } = await workspace.nx(['graph', '--file=graph.json'], daemon);
      expect(text).toContain('graph.json');
      const { graph } = JSON.parse(readFileSync(join(workspace.root, 'graph.json'), 'utf8')) as {
        graph: { dependencies: Record<string, { target: string }[]> };
      };
      return (graph.dependencies['orchestra-duo'] ?? []).map((edge) => edge.target);
    };
    try {
      expect(await show()).toEqual(['orchestra-flute']);
      const manifest = join(workspace.root, 'packages/orchestra-flute/pyproject.toml');
      const text = readFileSync(manifest, 'utf8');
      writeFileSync(manifest, text.replace('orchestra-flute', 'orchestra-piccolo'));
      expect(await eventually(show, (targets) => targets.length === 0)).toEqual([]);
      rmSync(join(workspace.root, 'packages/orchestra-tuba'), { recursive: true });
      writeFileSync(manifest, text);
      expect(await eventually(show, (targets) => targets.length === 1)).toEqual(['orchestra-flute']);
    } finally {
      await workspace.nx(['daemon', '--stop'], daemon);
    }
  });
});

/** The daemon learns of changes a moment after they were written. */
async function eventually<T>(ask: () => Promise<T>, settled: (value: T) => boolean): Promise<T> {
  let value = await ask();
  for (let tries = 0; tries < 5 && !settled(value); tries += 1) value = await ask();
  return value;
}

describe('names', () => {
  it('keeps a name that a project.json gives, and makes one of the path where it is taken; nothing breaks the graph', async () => {
    const workspace = await nxWorkspace({
      packages: PACKAGES,
      files: {
        'packages/orchestra-duo/project.json': JSON.stringify({ name: 'duo-of-ours' }),
        'apps/web/project.json': JSON.stringify({ name: 'orchestra-tuba' }),
        'copies/flute/pyproject.toml':
          '[project]\nname = "orchestra_flute"\nversion = "9"\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
      },
    });
    const { code, text } = await workspace.nx(['show', 'projects', '--json']);
    expect(code, text).toBe(0);
    const names = (JSON.parse(text.split('\n').find((line) => line.startsWith('[')) ?? '[]') as string[]).toSorted();
    expect(names).toEqual([
      'duo-of-ours',
      'orchestra-concert',
      'orchestra-tuba',
      'python-copies-flute',
      'python-packages-orchestra-flute',
      'python-packages-orchestra-tuba',
    ]);
    const publishable = await workspace.nx(['show', 'projects', '--withTarget', 'publish', '--json']);
    const withTarget = (
      JSON.parse(publishable.text.split('\n').find((line) => line.startsWith('[')) ?? '[]') as string[]
    ).toSorted();
    expect(withTarget).toEqual(['duo-of-ours', 'orchestra-concert', 'python-packages-orchestra-tuba']);
  });
});
