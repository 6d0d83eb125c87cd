import * as fc from 'fast-check';
import { formatVersion, type Version } from '../src/index.ts';

/** Numbers so few that generated versions often meet, and one beyond 2^53. */
const number = fc.constantFrom(0n, 0n, 1n, 1n, 2n, 3n, 10n, 20250101123456789012n);
const maybeNumber = fc.option(fc.constantFrom(0n, 1n, 2n), { nil: null, freq: 2 });

export const localPart: fc.Arbitrary<NonNullable<Version['local']>> = fc.array(
  fc.oneof(fc.constantFrom(0n, 1n, 12n), fc.constantFrom('a', 'b', 'ab', '0a', '1a')),
  { minLength: 1, maxLength: 3 },
);

export const publicVersions: fc.Arbitrary<Version> = fc.record({
  epoch: fc.constantFrom(0n, 0n, 0n, 1n),
  release: fc.array(number, { minLength: 1, maxLength: 3 }),
  pre: fc.option(fc.record({ phase: fc.constantFrom('a', 'b', 'rc'), number: fc.constantFrom(0n, 1n, 2n) }), {
    nil: null,
  }),
  post: maybeNumber,
  dev: maybeNumber,
  local: fc.constant(null),
});

export const versions: fc.Arbitrary<Version> = fc
  .tuple(publicVersions, fc.option(localPart, { nil: null, freq: 2 }))
  .map(([version, local]) => ({ ...version, local }));

/** One clause of every operator that PEP 440 orders by. */
export const clauses: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('>=', '<=', '>', '<'), publicVersions)
    .map(([operator, v]) => `${operator}${formatVersion(v)}`),
  fc.tuple(fc.constantFrom('==', '!='), versions).map(([operator, v]) => `${operator}${formatVersion(v)}`),
  fc
    .tuple(fc.constantFrom('==', '!='), publicVersions)
    .map(([operator, v]) => `${operator}${v.epoch}!${v.release.join('.')}.*`),
  fc.tuple(publicVersions, number).map(([v, last]) => `~=${formatVersion({ ...v, release: [...v.release, last] })}`),
);

export const specifierTexts: fc.Arbitrary<string> = fc.array(clauses, { maxLength: 3 }).map((parts) => parts.join(','));

/** Versions at and around `version`: where the operators begin and end. */
export function neighboursOf(version: Version): readonly Version[] {
  const { release, pre, post, dev } = version;
  const plain = { ...version, local: null };
  const next = (n: bigint | null): bigint => (n === null ? 0n : n + 1n);
  const lastRaised = [...release.slice(0, -1), next(release.at(-1) ?? 0n)];
  const prefixRaised = [...release.slice(0, -2), next(release.at(-2) ?? 0n)];
  const base = { ...plain, pre: null, post: null, dev: null };
  const family = [
    version,
    plain,
    { ...plain, dev: 0n },
    { ...plain, dev: next(dev) },
    { ...plain, dev: null },
    { ...plain, post: 0n, dev: 0n },
    { ...plain, post: next(post), dev: 0n },
    { ...plain, post: next(post), dev: null },
    { ...plain, post: 99n, dev: null },
    { ...plain, pre: pre === null ? null : { ...pre, number: pre.number + 1n }, post: null, dev: 0n },
    base,
    { ...base, dev: 0n },
    { ...base, post: 99n },
    ...[[...release, 0n, 0n, 0n, 0n, 1n], lastRaised, prefixRaised].map((raised) => ({
      ...base,
      release: raised,
      dev: 0n,
    })),
  ];
  const local = version.local ?? [];
  const locals: readonly NonNullable<Version['local']>[] = [['0a'], [99n], [...local, '00a'], [...local, 0n]];
  return family.flatMap((member) => [member, ...locals.map((part) => ({ ...member, local: part }))]);
}
