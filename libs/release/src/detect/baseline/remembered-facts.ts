import type { PublishedFile } from '../../model/registry-state.ts';
import type { BaselineFacts } from './baseline-facts.ts';
import type { ValueCache } from '../detection.ts';

/** What a released file said when it was opened; null where that is not remembered, or the index tells no hash of it. */
export async function recallFacts(file: PublishedFile, cache: ValueCache | undefined): Promise<BaselineFacts | null> {
  const key = factsKey(file);
  const value = key === null || cache === undefined ? null : await cache.read(key);
  return areFacts(value) ? value : null;
}

export async function rememberFacts(
  file: PublishedFile,
  facts: BaselineFacts,
  cache: ValueCache | undefined,
): Promise<void> {
  const key = factsKey(file);
  if (key !== null && cache !== undefined) await cache.write(key, facts);
}

/** The name tells whether the content is read as a wheel or as an sdist. */
function factsKey({ sha256, filename }: PublishedFile): string | null {
  return sha256 === null ? null : `${sha256} ${filename}`;
}

/** What this product wrote; a value that was cut off is none. */
function areFacts(value: unknown): value is BaselineFacts {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'provenance' in value;
}
