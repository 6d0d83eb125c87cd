import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Settings } from '../row.ts';
import { pythonPeers } from '../python/python-peers.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, type RegistryProcess, startRegistryProcess, token } from '../servers/registry-process.ts';

export interface ReleasedMonorepo {
  readonly root: string;
  readonly registry: RegistryProcess;
  /** Variables for every command in the workspace. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A monorepo of `count` packages and a running registry that holds all of them as they are. Releasing the first time takes a fifth of
 * a second per package, so the result is kept for later runs of the benchmark.
 */
export async function releasedMonorepo(settings: Settings, count: number): Promise<ReleasedMonorepo> {
  const installed = await installPeers(settings.folder);
  const root = join(settings.folder, 'released', `${count}`, 'workspace');
  const storage = join(settings.folder, 'released', `${count}`, 'registry');
  const marker = join(settings.folder, 'released', `${count}`, 'complete');
  if (!existsSync(marker)) {
    rmSync(join(settings.folder, 'released', `${count}`), { recursive: true, force: true });
    writeMonorepo(root, drawPackages(usualShape(count), mixedBackends), { nxJson: {}, projectFiles: false });
    linkPeers(root, installed);
  }
  const registry = await startRegistryProcess(storage);
  useRegistry(root, registry.port);
  const python = await pythonPeers(settings.folder);
  const env = { NX_PYPI_TOKEN: token, PATH: `${python}:${process.env['PATH'] ?? ''}` };
  if (!existsSync(marker)) {
    try {
      await runTimed([process.execPath, commandLine(root), 'publish', '--new', 'all'], { cwd: root, env });
    } catch (error) {
      await registry.close();
      throw error;
    }
    writeFileSync(marker, '');
  }
  return { root, registry, env };
}

/** nx.json is no file of a package: packages stay as they were committed. */
export function useRegistry(root: string, port: number): void {
  const options = { registry: { url: registryUrls(port).base, project: 1, group: 1 }, newPackages: 'allow' };
  const nxJson = { plugins: [{ plugin: 'nx-pypi', options }], analytics: false, neverConnectToCloud: true };
  writeFileSync(join(root, 'nx.json'), JSON.stringify(nxJson));
}

/** The command `nx-pypi` as installed in a workspace. */
export function commandLine(root: string): string {
  return join(root, 'node_modules/nx-pypi/bundle/cli.js');
}
