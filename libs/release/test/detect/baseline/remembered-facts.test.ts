import { expect, it } from 'vitest';
import { recallFacts, rememberFacts } from '../../../src/detect/baseline/remembered-facts.ts';
import type { BaselineFacts } from '../../../src/detect/baseline/baseline-facts.ts';
import type { PublishedFile } from '../../../src/model/registry-state.ts';

function published(filename: string, sha256: string | null): PublishedFile {
  return { filename, sha256, url: '', requiresPython: null, yanked: false, size: null };
}

function shelf() {
  const stored = new Map<string, unknown>();
  return {
    stored,
    read: (key: string) => Promise.resolve(stored.get(key)),
    write: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  };
}

const sdist = published('cello-1.2.0.tar.gz', 'b'.repeat(64));
const facts: BaselineFacts = { metadata: { headers: [['Name', 'cello']], description: '' }, provenance: null };

it('B4: what a file said is recalled by its hash and name', async () => {
  const cache = shelf();
  await rememberFacts(sdist, facts, cache);
  expect(await recallFacts({ ...sdist, url: 'elsewhere' }, cache)).toEqual(facts);
});

it.each([
  ['another hash', published('cello-1.2.0.tar.gz', 'c'.repeat(64))],
  ['another name', published('cello-1.2.0.zip', 'b'.repeat(64))],
  ['no hash', published('cello-1.2.0.tar.gz', null)],
])('B4: and not by %s', async (_, file) => {
  const cache = shelf();
  await rememberFacts(sdist, facts, cache);
  expect(await recallFacts(file, cache)).toBeNull();
});

it('of a file without a hash nothing is kept, and what is no fact is not recalled', async () => {
  const cache = shelf();
  await rememberFacts(published('cello-1.2.0.tar.gz', null), facts, cache);
  expect(cache.stored.size).toBe(0);
  await rememberFacts(sdist, facts, cache);
  for (const key of cache.stored.keys()) cache.stored.set(key, 'cut off');
  expect(await recallFacts(sdist, cache)).toBeNull();
});
