import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { acquireLock } from '@nx-pypi/workspace';
import { join } from 'node:path';

const PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The path of a Chromium; on Debian as root it is installed when it is missing. Throws with what to do elsewhere. */
export async function chromium(): Promise<string> {
  const found = present();
  if (found !== null) return found;
  const lock = await acquireLock(join(import.meta.dirname, '../../../.e2e/chromium.lock'), {}, { wait: 240 });
  try {
    if (present() === null && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'pipe' });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'pipe' });
    }
  } finally {
    if (lock.kind === 'found') await lock.value.release();
  }
  const installed = present();
  if (installed === null)
    throw new Error(
      'the picture of the graph needs Chromium: install it (Debian: the package chromium) or set CHROMIUM_PATH',
    );
  return installed;
}

function present(): string | null {
  return PLACES.find((place): place is string => place !== undefined && existsSync(place)) ?? null;
}
