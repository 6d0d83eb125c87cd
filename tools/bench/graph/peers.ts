import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packFolder } from '../../packaging/tarball.ts';

const repositoryRoot = join(import.meta.dirname, '../../..');

/** Pinned: a figure says nothing without the versions that it was measured with. */
export const peerVersions: Readonly<Record<string, string>> = {
  '@nx/devkit': '24.0.0',
  '@nxlv/python': '23.1.1',
  nx: '24.0.6',
};

const installations = new Map<string, Promise<string>>();

/** As {@link install}, once per run: one that lasts measures one product, whatever is built meanwhile. */
export function installPeers(folder: string): Promise<string> {
  const known = installations.get(folder) ?? install(folder);
  installations.set(folder, known);
  return known;
}

/** Installs Nx, @nxlv/python and this plugin, packed as users get it, under `<folder>/peers`; returns its node_modules. Needs a built bundle. */
async function install(folder: string): Promise<string> {
  const home = join(folder, 'peers');
  mkdirSync(home, { recursive: true });
  const packed = await packFolder(join(repositoryRoot, 'packages/nx-pypi'), home);
  const digest = createHash('sha256').update(readFileSync(packed)).digest('hex').slice(0, 12);
  const tarball = `nx-pypi-${digest}.tgz`;
  renameSync(packed, join(home, tarball));
  const manifest = JSON.stringify({ private: true, dependencies: { ...peerVersions, 'nx-pypi': `file:${tarball}` } });
  const manifestFile = join(home, 'package.json');
  const installed = join(home, 'node_modules');
  if (existsSync(installed) && existsSync(manifestFile) && readFileSync(manifestFile, 'utf8') === manifest)
    return installed;
  rmSync(join(home, 'package-lock.json'), { force: true });
  writeFileSync(manifestFile, manifest);
  // @nxlv/python brings a package whose engines exclude Node 20, on which it runs.
  execFileSync('npm', ['install', '--engine-strict=false', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: home,
    stdio: 'inherit',
  });
  return installed;
}

/** Makes `root/node_modules` the installed peers. */
export function linkPeers(root: string, installed: string): void {
  symlinkSync(installed, join(root, 'node_modules'), 'junction');
}
