import { parseVersion } from '@nx-pypi/standards';
import { expect, it } from 'vitest';
import type { Verdict } from '../../src/detect/judge-difference.ts';
import { recall, remember, verdictKey, type VerdictBasis } from '../../src/detect/remembered-verdict.ts';
import type { PublishedFile } from '../../src/model/registry-state.ts';

function published(filename: string, sha256: string | null): PublishedFile {
  return { filename, sha256, url: '', requiresPython: null, yanked: false, size: null };
}

const version = parseVersion('1.2.0');
if (version === null) throw new Error('1.2.0 is a version');
const basis: VerdictBasis = {
  package: { normalizedName: 'cello' },
  baseline: { version, text: '1.2.0', files: [], yanked: false },
  theirs: published('cello-1.2.0-py3-none-any.whl', 'a'.repeat(64)),
  sdist: published('cello-1.2.0.tar.gz', 'b'.repeat(64)),
  constraints: [],
  digest: '1:c',
};
const unchanged: Verdict = { kind: 'unchanged', by: 'comparison', notes: [] };

it.each<[string, Partial<VerdictBasis>, string]>([
  ['another source digest', { digest: '1:d' }, 'env'],
  ['another wheel', { theirs: published('cello-1.2.0-py3-none-any.whl', 'e'.repeat(64)) }, 'env'],
  ['another sdist', { sdist: published('cello-1.2.0.tar.gz', 'e'.repeat(64)) }, 'env'],
  ['no sdist', { sdist: null }, 'env'],
  ['another build environment', {}, 'other'],
])('D6: a verdict is not remembered for %s', (_, change, environment) => {
  expect(verdictKey({ ...basis, ...change }, environment)).not.toBe(verdictKey(basis, 'env'));
});

it('nothing is remembered of a file without a hash', () => {
  expect(verdictKey({ ...basis, theirs: published('cello.whl', null) }, 'env')).toBeNull();
});

it('what was remembered is recalled; what is no verdict is not', async () => {
  const stored = new Map<string, unknown>();
  const cache = {
    read: (key: string) => Promise.resolve(stored.get(key)),
    write: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
  };
  const key = verdictKey(basis, 'env');
  expect(await recall(key, cache)).toBeNull();
  await remember(key, unchanged, cache);
  expect(await recall(key, cache)).toEqual(unchanged);
  stored.set(key ?? '', { kind: 'unchanged' });
  expect(await recall(key, cache)).toBeNull();
});
