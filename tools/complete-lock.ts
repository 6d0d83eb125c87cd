/** `npm run lock`, after any change of dependencies: brings package-lock.json up to date and completes it for `npm ci`. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock, type LockEntries } from './lock/complete-lock.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'package-lock.json');

updateLock();
const lock = JSON.parse(readFileSync(file, 'utf8')) as { readonly packages: LockEntries };
const packages = completeLock(lock.packages);
const added = Object.keys(packages).length - Object.keys(lock.packages).length;
if (added > 0) {
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  updateLock();
}
console.log(`package-lock.json: ${added} entries added`);

/** npm also brings entries and keys into its own order. */
function updateLock(): void {
  const args = ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}
