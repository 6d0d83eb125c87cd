import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, Sample, Side } from '../row.ts';
import { runTimed } from '../run/timed.ts';
import { contestants, type Workspace, written } from './workspaces.ts';

/** Two thirds of what Nx waits for is its own: these rows leave Nx out. */
export const graphRows: readonly Row[] = [inProcessRow(100, 5), inProcessRow(1000, 5), inProcessRow(3000, 3)];

function inProcessRow(count: number, rounds: number): Row {
  return {
    name: `graph-${count}`,
    question: `loading the plugin, createNodes and createDependencies of ${count} packages, cold, without Nx`,
    rounds,
    async prepare(settings) {
      const size = settings.quick ? 30 : count;
      const prepared: Side[] = [];
      for (const contestant of contestants) {
        if (contestant.plugin === null) continue;
        const workspace = await written(settings, contestant, size);
        prepared.push(inProcess(contestant.side, contestant.plugin, workspace));
        if (contestant.plugin === 'nx-pypi') {
          prepared.push(inProcess(`${contestant.side}, manifests as last time`, contestant.plugin, workspace, 'known'));
        }
      }
      return { sides: prepared };
    },
  };
}

/** `known`: the manifests are what they were at the last command, whose graph is kept; else nothing was kept. */
type Memory = 'known' | 'cold';

export const graphGrowthRows: readonly Row[] = [
  growthRow('graph-growth', 'cold', 'the graph of nx-pypi by the number of packages, five backends, cold, without Nx'),
  growthRow('graph-known-growth', 'known', 'the same with manifests as they were at the last command'),
];

function growthRow(name: string, memory: Memory, question: string): Row {
  return {
    name,
    question,
    rounds: 3,
    growth: true,
    limit: memory === 'cold' ? 'the processor, half of it V8 compiling' : 'the processor and the files of the system',
    async prepare(settings) {
      const [, contestant] = contestants;
      const sizes = settings.quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000];
      const prepared: Side[] = [];
      for (const size of sizes) {
        const workspace = await written(settings, contestant, size);
        const side = inProcess(String(size), contestant.plugin, workspace, memory);
        if (memory === 'known') await side.measure();
        prepared.push(side);
      }
      return { sides: prepared };
    },
  };
}

export const graphInNxRow: Row = {
  name: 'graph-in-nx',
  question: '`nx graph --file` of 1000 packages, cold, without the daemon',
  rounds: 3,
  async prepare(settings) {
    const size = settings.quick ? 30 : 1000;
    const prepared: Side[] = [];
    for (const contestant of contestants) {
      const { root } = await written(settings, contestant, size);
      prepared.push({ name: contestant.side, measure: async () => graphInNx(root) });
    }
    return { sides: prepared };
  },
};

function inProcess(name: string, plugin: string, { root, packages }: Workspace, memory: Memory = 'cold'): Side {
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
      if (memory === 'cold') rmSync(join(root, '.nx'), { recursive: true, force: true });
      const { stdout } = await runTimed([process.execPath, script, root, plugin, input], { cwd: root });
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      const { milliseconds, cpu, ...found } = JSON.parse(last) as Record<
        'milliseconds' | 'cpu' | 'packages' | 'edges',
        number
      >;
      return { milliseconds, cpu, outcome: outcome(found.packages, found.edges) };
    },
  };
}

async function graphInNx(root: string): Promise<Sample> {
  const file = `${root}.graph.json`;
  rmSync(join(root, '.nx'), { recursive: true, force: true });
  const { milliseconds, cpu } = await runTimed([process.execPath, nxOf(root), 'graph', `--file=${file}`], {
    cwd: root,
    env: { CI: 'true' },
  });
  const { graph } = JSON.parse(readFileSync(file, 'utf8')) as {
    graph: { nodes: object; dependencies: Record<string, readonly { target: string }[]> };
  };
  const edges = Object.values(graph.dependencies).reduce(
    (sum, list) => sum + new Set(list.map((one) => one.target)).size,
    0,
  );
  return { milliseconds, cpu, outcome: outcome(Object.keys(graph.nodes).length, edges) };
}

/** The file that the command `nx` of a workspace runs. */
export function nxOf(root: string): string {
  const nx = join(root, 'node_modules/nx');
  const { bin } = JSON.parse(readFileSync(join(nx, 'package.json'), 'utf8')) as { bin: { nx: string } };
  return join(nx, bin.nx);
}

function outcome(packages: number, edges: number): string {
  return `${packages} packages, ${edges} edges`;
}
