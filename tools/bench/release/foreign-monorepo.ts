import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { pythonPeers } from '../python/python-peers.ts';
import type { Settings } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, token } from '../servers/registry-process.ts';
import { keyOf, opened, type ReleasedMonorepo } from './released-monorepo.ts';

const script = join(import.meta.dirname, 'release-as-others.ts');

/** A monorepo of `count` packages whose registry holds all of them as others built and uploaded them; kept for later runs. */
export async function foreignMonorepo(settings: Settings, count: number): Promise<ReleasedMonorepo> {
  const packages = drawPackages(usualShape(count), mixedBackends);
  const home = join(settings.folder, 'foreign', `${count}-${keyOf(packages)}`);
  const python = await pythonPeers(settings.folder);
  const installed = await installPeers(settings.folder);
  const marker = join(home, 'complete');
  if (existsSync(marker)) return opened(home, python);
  rmSync(home, { recursive: true, force: true });
  const root = join(home, 'workspace');
  mkdirSync(home, { recursive: true });
  writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
  linkPeers(root, installed);
  const dist = join(home, 'dist');
  await measuredScript(script, [root, join(settings.folder, 'old-build-cache'), dist], home);
  const monorepo = await opened(home, python);
  const url = registryUrls(monorepo.registry.port).upload;
  // Of sdists with a hyphen in their name, as setuptools made them then, uv uploads none.
  const upload = `twine upload --disable-progress-bar --repository-url ${url} --username bench --password ${token}`;
  try {
    await runTimed(['sh', '-ec', `${upload} ${dist}/*`], { cwd: root, env: monorepo.env });
  } catch (error) {
    await monorepo.registry.close();
    throw error;
  }
  writeFileSync(marker, '');
  return monorepo;
}
