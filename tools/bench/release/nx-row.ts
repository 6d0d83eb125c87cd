import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nxOf } from '../graph/graph-rows.ts';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Row, Sample, Settings, Side } from '../row.ts';
import { runTimed } from '../run/timed.ts';
import { releasedMonorepo } from './released-monorepo.ts';

/** Nx makes a graph and a task per package and ends a batch of them, whatever they do: how much do we add to that? */
export const nxRow: Row = {
  name: 'job-in-nx',
  question: '`nx run-many -t publish` with nothing changed, caches warm, no daemon; registry at 0 ms',
  rounds: 1,
  async prepare(settings) {
    const sides: Side[] = [];
    const closing: (() => Promise<void>)[] = [];
    for (const size of settings.quick ? [10] : [1000, 3000]) {
      const idle = await idleWorkspace(settings, size);
      const { root, registry, env } = await releasedMonorepo(settings, size);
      closing.push(registry.close);
      sides.push(
        { name: `${size} project.json, an executor that does nothing`, measure: () => runMany(idle, {}) },
        { name: `${size} packages, nx-pypi`, measure: () => runMany(root, env) },
      );
    }
    return { sides, close: async () => void (await Promise.all(closing.map((close) => close()))) };
  },
};

async function runMany(root: string, env: Readonly<Record<string, string>>): Promise<Sample> {
  const words = [process.execPath, nxOf(root), 'run-many', '--targets=publish', '--batch', '--outputStyle=static'];
  const { milliseconds, cpu, memory, stdout } = await runTimed(words, { cwd: root, env });
  return { milliseconds, cpu, memory, outcome: /Successfully ran.*projects/.exec(stdout)?.[0] ?? 'nothing ran' };
}

/** The same packages with the same edges, written into project.json files, and a batch executor that says that all went well. */
async function idleWorkspace(settings: Settings, size: number): Promise<string> {
  const root = join(settings.folder, 'workspaces', `idle-${size}`);
  const packages = drawPackages(usualShape(size), mixedBackends);
  writeMonorepo(root, packages, { nxJson: { analytics: false, neverConnectToCloud: true }, projectFiles: false });
  for (const { name, dependencies = [] } of packages) {
    const needs = dependencies.flatMap((one) => (typeof one === 'string' ? [] : [one.local]));
    const dependsOn = needs.length === 0 ? [] : [{ projects: needs, target: 'publish', params: 'forward' }];
    const publish = { executor: './idle:publish', cache: false, dependsOn };
    const project = { name, root: `packages/${name}`, implicitDependencies: needs, targets: { publish } };
    writeFileSync(join(root, 'packages', name, 'project.json'), JSON.stringify(project));
  }
  mkdirSync(join(root, 'idle'));
  const implementation = { implementation: './one.js', batchImplementation: './batch.js', schema: './schema.json' };
  const files = {
    'package.json': JSON.stringify({ name: 'idle', version: '1.0.0', executors: './executors.json' }),
    'executors.json': JSON.stringify({ executors: { publish: { ...implementation, preferBatch: true } } }),
    'schema.json': JSON.stringify({ type: 'object', properties: {} }),
    'one.js': 'module.exports = async () => ({ success: true });\n',
    'batch.js':
      "module.exports = async (graph) => Object.fromEntries(Object.keys(graph.tasks).map((id) => [id, { success: true, terminalOutput: '' }]));\n",
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, 'idle', file), text);
  linkPeers(root, await installPeers(settings.folder));
  return root;
}
