import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSpec } from '@nx-pypi/testkit';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { pythonFiles, writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Settings } from '../row.ts';
import { pythonPeers, pythonPeerVersions } from '../python/python-peers.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, type RegistryProcess, startRegistryProcess, token } from '../servers/registry-process.ts';

export interface ReleasedMonorepo {
  readonly root: string;
  readonly registry: RegistryProcess;
  /** Variables for every command in the workspace. */
  readonly env: Readonly<Record<string, string>>;
}

/** Those that this run found to be as they were released. */
const proven = new Set<string>();

/**
 * A monorepo of `count` packages, caches warm, and a running registry that holds all of them as they are. The first release takes a
 * fifth of a second per package, so it is kept for later runs, under a name that tells of what was released and by which version. A
 * kept one in which today's product finds anything to release is thrown away: what is unchanged is decided by what is measured.
 */
export async function releasedMonorepo(settings: Settings, count: number): Promise<ReleasedMonorepo> {
  const packages = drawPackages(usualShape(count), mixedBackends);
  const home = join(settings.folder, 'released', `${count}-${keyOf(packages)}`);
  const python = await pythonPeers(settings.folder);
  const installed = await installPeers(settings.folder);
  const marker = join(home, 'complete');
  if (existsSync(marker)) {
    const kept = await opened(home, python);
    if (proven.has(home) || (await findsNothing(kept, count))) {
      proven.add(home);
      return kept;
    }
    await kept.registry.close();
  }
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeMonorepo(join(home, 'workspace'), packages, { nxJson: {}, projectFiles: false });
  linkPeers(join(home, 'workspace'), installed);
  const fresh = await opened(home, python);
  try {
    await publish(fresh, ['--new', 'all']);
    if (!(await findsNothing(fresh, count))) throw new Error(`${home} was released, and not all of it is up to date`);
  } catch (error) {
    await fresh.registry.close();
    throw error;
  }
  writeFileSync(marker, '');
  proven.add(home);
  return fresh;
}

/** What lies in `home`, with its registry started. */
export async function opened(home: string, python: string): Promise<ReleasedMonorepo> {
  const root = join(home, 'workspace');
  const registry = await startRegistryProcess(join(home, 'registry'));
  useRegistry(root, registry.port);
  return { root, registry, env: { NX_PYPI_TOKEN: token, PATH: `${python}:${process.env['PATH'] ?? ''}` } };
}

async function findsNothing(repository: ReleasedMonorepo, count: number): Promise<boolean> {
  return (await publish(repository, [])).includes(`${count} packages: ${count} up to date`);
}

async function publish({ root, env }: ReleasedMonorepo, words: readonly string[]): Promise<string> {
  const { stdout } = await runTimed([process.execPath, commandLine(root), 'publish', ...words], { cwd: root, env });
  return stdout;
}

/** A digest of the packages' files, the tools that built them, and the version of the product that released them. */
export function keyOf(packages: readonly PackageSpec[]): string {
  const manifest = join(import.meta.dirname, '../../../packages/nx-pypi/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const all = JSON.stringify([pythonFiles(packages), pythonPeerVersions, version]);
  return createHash('sha256').update(all).digest('hex').slice(0, 12);
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
