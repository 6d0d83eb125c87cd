import { formatVersion, parseVersion, publicVersion } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';

/**
 * `>=X.Y.Z,<X+1`, below 1 `>=0.Y.Z,<0.(Y+1)` (rule F1): what a bare or path dependency ships.
 * @throws RangeError on text that is no PEP 440 version: a bug of the caller.
 */
export function nextMajorRange(version: string): string {
  const parsed = parseVersion(version);
  if (parsed === null) {
    throw new RangeError(`not a PEP 440 version: ${version}`);
  }
  return `>=${formatVersion(publicVersion(parsed))},<${formatVersion(nextMajor(parsed))}`;
}

/** The first version that a range for `version` leaves out. */
export function nextMajor({ epoch, release }: Version): Version {
  const [major = 0n, minor = 0n] = release;
  const next = major === 0n ? [0n, minor + 1n] : [major + 1n];
  return { epoch, release: next, pre: null, post: null, dev: null, local: null };
}
