import type { Version } from '../versions/version.ts';
import { parseSdistFilename } from './sdist.ts';
import { parseWheelFilename } from './wheel.ts';

export interface DistributionFilename {
  readonly kind: 'wheel' | 'sdist';
  /** Normalised. */
  readonly name: string;
  readonly version: Version;
}

/** Takes the file name of a wheel or sdist, returns null for all else (eggs, installers, signatures). */
export function parseDistributionFilename(filename: string): DistributionFilename | null {
  const wheel = parseWheelFilename(filename);
  if (wheel !== null) return { kind: 'wheel', name: wheel.name, version: wheel.version };
  const sdist = parseSdistFilename(filename);
  return sdist === null ? null : { kind: 'sdist', ...sdist };
}
