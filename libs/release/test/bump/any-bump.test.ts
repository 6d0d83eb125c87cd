import { discoverPackages } from '@nx-pypi/manifests';
import { compareVersions, formatVersion, parseSpecifierSet, specifierAllows, type Version } from '@nx-pypi/standards';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgePolicy } from '../../src/policy/dependents.ts';
import { versionOf } from '../world.ts';
import { bump, project, type BumpSpec, type Files } from './bakery.ts';

const NAMES = ['almond', 'butter', 'cream', 'dough', 'egg', 'flour'] as const;
const RELEASED = ['0.4.2', '1.0.0', '1.2.3rc1', '2.0', '1!1.1', '1.4.post1', '3.1.4.1', '2026.11'] as const;
const ASKED = [
  'patch',
  'minor',
  'major',
  'preminor',
  'prerelease',
  'post',
  'stable',
  'a',
  'dev',
  '2!1.0',
  '4.5',
] as const;

interface Item {
  readonly released: string | null;
  readonly written: 'same' | 'behind' | 'ahead';
}

interface Need {
  readonly from: string;
  readonly to: string;
  readonly style: number;
  readonly policy: EdgePolicy;
}

interface Scenario {
  readonly items: Readonly<Record<string, Item>>;
  readonly needs: readonly Need[];
  readonly asked: Readonly<Record<string, string>>;
  readonly locked: readonly string[];
  readonly level: 'patch' | 'match';
}

const item: fc.Arbitrary<Item> = fc.record({
  released: fc.option(fc.constantFrom(...RELEASED), { freq: 8 }),
  written: fc.constantFrom('same', 'behind', 'ahead'),
});

const need: fc.Arbitrary<Need> = fc.record({
  from: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
  style: fc.nat(7),
  policy: fc.record({
    follow: fc.constantFrom('range', 'always'),
    rewrite: fc.constantFrom('style', 'exact', 'compatible', 'cap-next-major'),
  }),
});

const scenario: fc.Arbitrary<Scenario> = fc.record({
  items: fc.record(Object.fromEntries(NAMES.map((name) => [name, item]))),
  needs: fc.uniqueArray(need, { maxLength: 14, selector: ({ from, to }) => `${from} ${to}` }),
  asked: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...ASKED), { minKeys: 1, maxKeys: 4 }),
  locked: fc.subarray([...NAMES], { maxLength: 3 }),
  level: fc.constantFrom('patch', 'match'),
});

/** What the manifest says at first. */
function writtenText({ released, written }: Item): string {
  if (released === null) return '0.7.0';
  return written === 'same' ? released : written === 'behind' ? '0.0.3' : '3!1.2';
}

/** What others need of it at first: the higher of manifest and registry. */
function currentText(each: Item): string {
  const written = writtenText(each);
  return each.released !== null && compareVersions(versionOf(each.released), versionOf(written)) > 0
    ? each.released
    : written;
}

/** A range that accepts `version`, in one of eight styles. */
function specifierFor(version: Version, style: number): string {
  const text = formatVersion(version);
  const epoch = version.epoch === 0n ? '' : `${version.epoch}!`;
  const [major = 0n, minor = 0n] = version.release;
  const styles = [
    `>=${text}`,
    `==${text}`,
    `>=${text},<${epoch}${major + 1n}`,
    `~=${epoch}${major}.${minor}${version.pre === null ? '' : 'a0'}`,
    `<=${text}`,
    `>=${text},<${epoch}${major}.${minor + 1n}`,
    '!=0.0.1',
    '',
  ];
  return styles[style] ?? '';
}

function specOf({ items, needs, asked, locked, level }: Scenario): BumpSpec {
  const current = (name: string): Version => versionOf(currentText(items[name] ?? { released: null, written: 'same' }));
  const files: Files[] = Object.entries(items).map(([name, each]) => {
    const own = needs.filter(({ from, to }) => from === name && to !== name);
    const texts = own.map(({ to, style }) => {
      const specifier = specifierFor(current(to), style);
      const set = parseSpecifierSet(specifier);
      return set !== null && specifierAllows(set, current(to), 'default') ? to + specifier : to;
    });
    return project(name, writtenText(each), texts);
  });
  const policies = new Map(needs.map(({ from, to, policy }) => [`${from} ${to}`, policy]));
  return {
    files: Object.assign({}, ...files) as Files,
    released: Object.fromEntries(
      Object.entries(items).map(([name, { released }]) => [name, released === null ? [] : [released]]),
    ),
    asked,
    dependents: {
      edge: (from, to) => policies.get(`${from} ${to}`) ?? { follow: 'range', rewrite: 'style' },
      level,
      lockstep: new Map(locked.map((name) => [name, locked.toSorted()])),
    },
  };
}

function versionsIn(files: Files): ReadonlyMap<string, Version> {
  const { packages } = discoverPackages(Object.keys(files), (path) => files[path]);
  return new Map(
    packages.map(({ normalizedName, version }) => [normalizedName, versionOf('text' in version ? version.text : '')]),
  );
}

/** Files that differ by more than a version. */
function rewrittenFiles(before: Files, after: Files): ReadonlySet<string> {
  const rest = (text: string): string => text.replace(/^version = .*$/m, '');
  return new Set(Object.keys(before).filter((path) => rest(before[path] ?? '') !== rest(after[path] ?? '')));
}

function higher(a: Version, b: Version): Version {
  return compareVersions(a, b) >= 0 ? a : b;
}

const ROUNDS = 300;

describe('any bump, of any graph, registry, manifests, levels and policies per edge', () => {
  it('G9, E4, F5: leaves no range unsatisfied, lowers nothing, ignores the order, and is empty once carried out', () => {
    let carriedOut = 0;
    let ranges = 0;
    fc.assert(
      fc.property(scenario, (given) => {
        const spec = specOf(given);
        const { plan, edits, files } = bump(spec);
        const backwards = Object.fromEntries(Object.entries(spec.files).toReversed());
        expect(bump({ ...spec, files: backwards }).plan).toEqual(plan);
        if (plan.problems.length > 0) return;
        expect(edits.problems).toEqual([]);
        carriedOut += 1;
        ranges += plan.ranges.length;
        const [before, after] = [versionsIn(spec.files), versionsIn(files)];
        for (const [name, version] of after) {
          expect(compareVersions(version, before.get(name) ?? version)).toBeGreaterThanOrEqual(0);
          const released = given.items[name]?.released ?? null;
          const planned = plan.packages.find((each) => each.name === name);
          if (planned === undefined) continue;
          const floor = released ?? '0';
          expect(compareVersions(versionOf(planned.version), versionOf(floor))).toBe(1);
          expect(compareVersions(version, versionOf(planned.version))).toBe(0);
        }
        const current = new Map(
          [...after].map(([name, version]) => {
            const released = given.items[name]?.released ?? null;
            return [name, released === null ? version : higher(version, versionOf(released))];
          }),
        );
        expect(new Set(plan.ranges.map(({ file }) => file))).toEqual(rewrittenFiles(spec.files, files));
        expectSatisfied(files, current);
        const again = bump({ ...spec, files });
        expect(again.edits).toEqual({ files: [], problems: [] });
      }),
      { numRuns: ROUNDS },
    );
    expect(carriedOut).toBeGreaterThan(ROUNDS / 5);
    expect(ranges).toBeGreaterThan(ROUNDS / 5);
  });
});

function expectSatisfied(files: Files, current: ReadonlyMap<string, Version>): void {
  const { packages } = discoverPackages(Object.keys(files), (path) => files[path]);
  for (const pkg of packages) {
    for (const { normalizedName, specifier, written } of pkg.declarations) {
      // A bare name gets its range when it is built.
      if (specifier === '') continue;
      const set = parseSpecifierSet(specifier);
      const version = current.get(normalizedName);
      expect(
        set !== null && version !== undefined && specifierAllows(set, version, 'default'),
        `${pkg.name}: ${written}, ${normalizedName} is ${version === undefined ? 'gone' : formatVersion(version)}`,
      ).toBe(true);
    }
  }
}
