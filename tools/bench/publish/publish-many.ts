/**
 * Publishes a monorepo of so many tiny packages in one run, and prints how long it took and the most memory that a process had:
 * `tsx --conditions=nx-pypi-source tools/bench/publish/publish-many.ts [PACKAGES]`, after `npm run build`. 3000 takes some minutes.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawPackages } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { useRegistry } from '../release/released-monorepo.ts';
import { runTimed } from '../run/timed.ts';
import { startRegistryProcess, token } from '../servers/registry-process.ts';

const count = Number(process.argv[2] ?? 3000);
const repositoryRoot = join(import.meta.dirname, '../../..');
const folder = join(repositoryRoot, '.bench/publish-many');
const root = join(folder, 'workspace');

rmSync(folder, { recursive: true, force: true });
writeMonorepo(root, drawPackages(usualShape(count), ['flit']), { nxJson: {}, projectFiles: false });
const registry = await startRegistryProcess(join(folder, 'registry'));
try {
  useRegistry(root, registry.port);
  const cli = join(repositoryRoot, 'packages/nx-pypi/bundle/cli.js');
  const env = { NX_PYPI_TOKEN: token };
  for (const what of ['all are new', 'nothing changed']) {
    const run = await runTimed([process.execPath, cli, 'publish'], { cwd: root, env });
    const summary = run.stdout.split('\n').find((line) => /^\d+ packages:/.test(line)) ?? '';
    console.log(`${what}: ${(run.milliseconds / 1000).toFixed(0)} s, at most ${run.memory.toFixed(0)} MiB; ${summary}`);
  }
} finally {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}
