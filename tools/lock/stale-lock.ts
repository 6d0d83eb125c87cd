import { isDeepStrictEqual } from 'node:util';
import type { WorkspacePackage } from '../source/repository.ts';
import { completeLock, type LockEntries } from './complete-lock.ts';

/** Why `npm ci` would refuse the lock, one sentence each: it disagrees with a manifest, or misses platform packages. */
export function staleLock(entries: LockEntries, packages: readonly WorkspacePackage[]): readonly string[] {
  const disagreeing = packages.flatMap(({ folder, dependencies, devDependencies, peerDependencies }) => {
    const locked = entries[folder === '.' ? '' : folder];
    const same =
      isDeepStrictEqual(locked?.dependencies ?? {}, dependencies) &&
      isDeepStrictEqual(locked?.devDependencies ?? {}, devDependencies) &&
      isDeepStrictEqual(locked?.peerDependencies ?? {}, peerDependencies);
    return same ? [] : [`package-lock.json disagrees with ${folder}/package.json: run npm run lock`];
  });
  const missing = Object.keys(completeLock(entries)).filter((place) => !(place in entries));
  return [...disagreeing, ...missing.map((place) => `package-lock.json misses ${place}: run npm run lock`)];
}
