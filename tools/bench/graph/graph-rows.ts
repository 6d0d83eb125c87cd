import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PackageSpec } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends, poetryOnly } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Row, Sample, Settings, Side } from '../row.ts';
import { installPeers, linkPeers } from './peers.ts';

const run = promisify(execFile);

/** nx-pypi finds the packages itself; the other two are given a project.json per package, which their users write or generate. */
const sides = [
  { side: 'nx-pypi', folder: 'poetry-nx-pypi', plugin: 'nx-pypi', backends: poetryOnly },
  { side: 'nx-pypi, five backends', folder: 'mixed-nx-pypi', plugin: 'nx-pypi', backends: mixedBackends },
  { side: '@nxlv/python', folder: 'poetry-nxlv', plugin: '@nxlv/python', backends: poetryOnly },
  { side: 'no plugin', folder: 'poetry-plain', plugin: null, backends: poetryOnly },
] as const;

interface Workspace {
  readonly side: string;
  readonly plugin: string | null;
  readonly root: string;
  readonly packages: readonly PackageSpec[];
}

/** Two thirds of what Nx waits for is its own: this row leaves Nx out. */
export const graphInProcessRow: Row = {
  name: 'graph-in-process',
  question: 'loading the plugin, createNodes and createDependencies, cold, one process, without Nx',
  async prepare(settings) {
    const workspaces = await writeWorkspaces(settings, 'in-process');
    return workspaces.flatMap(({ side, plugin, root, packages }) =>
      plugin === null ? [] : [inProcess(side, plugin, root, packages)],
    );
  },
};

export const graphInNxRow: Row = {
  name: 'graph-in-nx',
  question: '`nx graph --file`, cold, without the daemon',
  async prepare(settings) {
    const workspaces = await writeWorkspaces(settings, 'in-nx');
    return workspaces.map(({ side, root }) => ({ name: side, measure: async () => graphInNx(root) }));
  },
};

async function writeWorkspaces(settings: Settings, row: string): Promise<readonly Workspace[]> {
  const installed = await installPeers(settings.folder);
  const count = settings.quick ? 100 : 1000;
  return sides.map(({ side, folder, plugin, backends }) => {
    const root = join(settings.folder, 'workspaces', row, folder);
    const packages = drawPackages(usualShape(count), backends);
    const plugins = plugin === null ? [] : [{ plugin, options: {} }];
    writeMonorepo(root, packages, {
      nxJson: { plugins, analytics: false, neverConnectToCloud: true },
      projectFiles: plugin !== 'nx-pypi',
    });
    linkPeers(root, installed);
    return { side, plugin, root, packages };
  });
}

function inProcess(name: string, plugin: string, root: string, packages: readonly PackageSpec[]): Side {
  const input = `${root}.json`;
  const names = packages.map((one) => one.name);
  const own = names.map((one) => `packages/${one}/pyproject.toml`);
  const manifests = existsSync(join(root, 'pyproject.toml')) ? ['pyproject.toml', ...own] : own;
  const projects = Object.fromEntries(names.map((one) => [one, { name: one, root: `packages/${one}` }]));
  writeFileSync(input, JSON.stringify({ manifests, projects }));
  const script = join(import.meta.dirname, 'measure-in-process.mjs');
  return {
    name,
    measure: async () => {
      const { stdout } = await run(process.execPath, [script, root, plugin, input], { maxBuffer: 64 * 2 ** 20 });
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      const result = JSON.parse(last) as { milliseconds: number; packages: number; edges: number };
      return { milliseconds: result.milliseconds, outcome: outcome(result.packages, result.edges) };
    },
  };
}

async function graphInNx(root: string): Promise<Sample> {
  const file = `${root}.graph.json`;
  rmSync(join(root, '.nx'), { recursive: true, force: true });
  const nx = join(root, 'node_modules/nx');
  const { bin } = JSON.parse(readFileSync(join(nx, 'package.json'), 'utf8')) as { bin: { nx: string } };
  const env = { ...process.env, CI: 'true', NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
  const start = performance.now();
  await run(process.execPath, [join(nx, bin.nx), 'graph', `--file=${file}`], {
    cwd: root,
    env,
    maxBuffer: 64 * 2 ** 20,
  });
  const milliseconds = performance.now() - start;
  const { graph } = JSON.parse(readFileSync(file, 'utf8')) as {
    graph: { nodes: object; dependencies: Record<string, readonly { target: string }[]> };
  };
  const edges = Object.values(graph.dependencies).reduce(
    (sum, list) => sum + new Set(list.map((one) => one.target)).size,
    0,
  );
  return { milliseconds, outcome: outcome(Object.keys(graph.nodes).length, edges) };
}

function outcome(packages: number, edges: number): string {
  return `${packages} packages, ${edges} edges`;
}
