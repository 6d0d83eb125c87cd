import type { BuildRequest } from '../ports.ts';
import type { PublishedFile, PublishedVersion } from '../model/registry-state.ts';
import type { ValueCache } from './detection.ts';
import type { Verdict } from './judge-difference.ts';

/** Changes when what counts as a difference does. */
const FORMAT = 1;

/** All that a comparison depends on. */
export interface VerdictBasis {
  readonly package: { readonly normalizedName: string };
  readonly baseline: PublishedVersion;
  readonly theirs: PublishedFile;
  readonly sdist: PublishedFile | null;
  readonly constraints: BuildRequest['constraints'];
  readonly digest: string;
}

/** The key under which a verdict is remembered; null where the index tells no hash of a file. */
export function verdictKey(basis: VerdictBasis, environment: string): string | null {
  if (basis.theirs.sha256 === null || basis.sdist?.sha256 === null) return null;
  return JSON.stringify([
    FORMAT,
    basis.package.normalizedName,
    basis.baseline.text,
    basis.digest,
    basis.theirs.sha256,
    basis.sdist?.sha256 ?? '',
    basis.constraints.map(({ declaration, specifier }) => [declaration.written, specifier]),
    environment,
  ]);
}

export async function recall(key: string | null, cache: ValueCache | undefined): Promise<Verdict | null> {
  const value = key === null || cache === undefined ? null : await cache.read(key);
  return isVerdict(value) ? value : null;
}

export async function remember(key: string | null, verdict: Verdict, cache: ValueCache | undefined): Promise<void> {
  if (key !== null && cache !== undefined) await cache.write(key, verdict);
}

/** What this product wrote under this format; a file that was cut off is none. */
function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('notes' in value)) return false;
  return (value.kind === 'unchanged' && 'by' in value) || (value.kind === 'changed' && 'reasons' in value);
}
