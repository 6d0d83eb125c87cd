import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pinned, as all peers are. The backends are there for builds that do not make an environment of their own. */
export const pythonPeerVersions: Readonly<Record<string, string>> = {
  build: '1.3.0',
  'flit-core': '3.12.0',
  hatchling: '1.27.0',
  'pdm-backend': '2.4.5',
  poetry: '2.2.1',
  'poetry-core': '2.2.1',
  setuptools: '80.9.0',
  twine: '6.2.0',
  uv: '0.13.8',
  wheel: '0.45.1',
};

/** Installs the Python peers once under `<folder>/python` with venv and pip; returns the folder of their executables. */
export async function pythonPeers(folder: string): Promise<string> {
  const home = join(folder, 'python');
  const marker = join(home, 'installed');
  const requirements = Object.entries(pythonPeerVersions).map(([name, version]) => `${name}==${version}`);
  const digest = createHash('sha256').update(requirements.join('\n')).digest('hex');
  const bin = join(home, 'bin');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === digest) return bin;
  rmSync(home, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', home], { stdio: 'inherit' });
  const quiet = ['--quiet', '--disable-pip-version-check'];
  execFileSync(join(bin, 'python'), ['-m', 'pip', 'install', ...quiet, ...requirements], { stdio: 'inherit' });
  writeFileSync(marker, digest);
  return bin;
}
