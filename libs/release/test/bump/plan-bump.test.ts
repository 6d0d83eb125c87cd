import { compareVersions, parseSpecifierSet, specifierAllows } from '@nx-pypi/standards';
import { discoverPackages } from '@nx-pypi/manifests';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../world.ts';
import { bump, project, type Files } from './bakery.ts';

const BAKERY: Files = {
  ...project('flour', '1.4.2'),
  ...project(
    'dough',
    '1.0.0',
    ['flour[rye] ~=1.4 ; python_version >= \\"3.9\\"'].map((text) => text.replaceAll('\\"', "'")),
  ),
  ...project('bread', '2.1.0', ['dough>=1,<2']),
  ...project('cake', '0.3.0', ['flour>=1']),
};
const RELEASED = { flour: ['1.4.2'], dough: ['1.0.0'], bread: ['2.1.0'], cake: ['0.3.0'] };

describe('a bump', () => {
  it('F1, F2: writes the version, and moves whoever would no longer accept it', () => {
    const { plan, files } = bump({ files: BAKERY, released: RELEASED, asked: { flour: 'major' } });
    expect(plan.problems).toEqual([]);
    expect(plan.packages.map(({ name, previous, version, change }) => [name, previous, version, change])).toEqual([
      ['dough', '1.0.0', '1.0.1', 'write'],
      ['flour', '1.4.2', '2.0.0', 'write'],
    ]);
    expect(plan.packages[1]).toMatchObject({ followers: ['dough'], dependents: 2 });
    expect(plan.packages[0]?.reasons).toEqual([
      { kind: 'dependency-range', dependency: 'flour', before: '~=1.4', after: '~=2.0' },
    ]);
    const dough = BAKERY['dough/pyproject.toml'] ?? '';
    expect(files).toEqual({
      ...BAKERY,
      'flour/pyproject.toml': (BAKERY['flour/pyproject.toml'] ?? '').replace('1.4.2', '2.0.0'),
      'dough/pyproject.toml': dough.replace('"1.0.0"', '"1.0.1"').replace('~=1.4', '~=2.0'),
    });
  });

  it('E5: counts from the registry, whatever the checkout says, and is idempotent', () => {
    const behind = { ...BAKERY, ...project('flour', '1.2.0') };
    const once = bump({ files: behind, released: RELEASED, asked: { flour: 'minor' } });
    expect(once.files['flour/pyproject.toml']).toContain('version = "1.5.0"');
    const again = bump({ files: once.files, released: RELEASED, asked: { flour: 'minor' } });
    expect(again.edits.files).toEqual([]);
    expect(again.plan.packages).toMatchObject([{ name: 'flour', version: '1.5.0', change: 'already-there' }]);
  });

  it('E3, E5: a development version ahead of the result is finalised, and never lowered', () => {
    const files = { ...BAKERY, ...project('flour', '1.5.0.dev3') };
    const { plan } = bump({ files, released: RELEASED, asked: { flour: 'patch' } });
    expect(plan.packages).toMatchObject([{ name: 'flour', version: '1.5.0', change: 'write' }]);
  });

  it('moves only what it is asked for: a range that others broke is theirs', () => {
    const { plan } = bump({
      files: BAKERY,
      released: { ...RELEASED, flour: ['1.4.2', '2.0.0'] },
      asked: { cake: 'minor' },
    });
    expect(plan.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['cake 0.4.0']);
    expect(plan.ranges).toEqual([]);
  });

  it('rewrites the ranges of development groups and unpublished packages without releasing these', () => {
    const files = {
      ...BAKERY,
      ...project('shop', '1.0.0', ['flour<2'], '[tool.nx-pypi]\npublish = false\n'),
      ...project('oven', '1.0.0', [], '[dependency-groups]\ntest = ["flour<2"]\n'),
    };
    const { plan, files: after } = bump({
      files,
      released: { ...RELEASED, oven: ['1.0.0'] },
      asked: { flour: '2.0.0' },
    });
    expect(plan.packages.map(({ name }) => name)).toEqual(['dough', 'flour']);
    expect(plan.ranges.map(({ name, shipped, after: range }) => [name, shipped, range])).toEqual([
      ['dough', true, '~=2.0'],
      ['oven', false, '<3'],
      ['shop', true, '<3'],
    ]);
    expect(after['shop/pyproject.toml']).toContain('version = "1.0.0"');
  });

  it('leaves bare names and SCM-derived versions to the build', () => {
    const files = {
      ...project('salt', '1.0.0', ['flour']),
      'flour/pyproject.toml':
        '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\n[project]\nname = "flour"\ndynamic = ["version"]\n[tool.setuptools_scm]\n',
    };
    const { plan, edits } = bump({
      files,
      released: { flour: ['1.0.0'], salt: ['1.0.0'] },
      asked: { flour: 'major' },
    });
    expect(plan.packages).toMatchObject([{ name: 'flour', version: '2.0.0', written: null, change: 'no-file' }]);
    expect(edits).toEqual({ files: [], problems: [] });
  });

  it('cycles are decided in one go', () => {
    const files = { ...project('yeast', '1.0.0', ['beer<2']), ...project('beer', '1.0.0', ['yeast<2']) };
    const released = { yeast: ['1.0.0'], beer: ['1.0.0'] };
    const { plan } = bump({ files, released, asked: { yeast: 'major' } });
    expect(plan.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['beer 1.0.1', 'yeast 2.0.0']);
    const both = bump({ files, released, asked: { yeast: 'major', beer: 'major' } });
    expect(both.plan.ranges.map(({ name, after }) => `${name} ${after}`)).toEqual(['beer <3', 'yeast <3']);
  });
});

describe('a bump that can’t be made', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a version that is taken', { flour: '1.4.2' }, 'NXPYPI_VERSION_TAKEN'],
    ['a version below the registry’s', { flour: '1.0.0' }, 'NXPYPI_VERSION_LOWER'],
    ['a step that would go back', { flour: 'stable' }, 'NXPYPI_BUMP_REFUSED'],
  ])('E4: %s', (_what, asked, code) => {
    expect(bump({ files: BAKERY, released: RELEASED, asked }).plan.problems.map((problem) => problem.code)).toEqual([
      code,
    ]);
  });

  it('a manifest whose version is none: a comment behind it, or a template, is for people', () => {
    const files = { 'cake/setup.cfg': '[metadata]\nname = cake\nversion = 0.3.0  # layers\n' };
    const { plan } = bump({ files, released: RELEASED, asked: { cake: 'minor' } });
    expect(plan.problems).toMatchObject([
      {
        code: 'NXPYPI_INVALID_VERSION',
        message: expect.stringContaining("'0.3.0  # layers'"),
        where: 'cake/setup.cfg',
      },
    ]);
    expect(bump({ files, released: RELEASED, asked: { cake: '0.4.0' } }).plan.problems).toEqual([]);
  });

  it('F5: a ceiling that people keep by hand, with the edge named', () => {
    const dependents = { edge: () => ({ follow: 'never', rewrite: 'style' }) as const };
    const { plan } = bump({ files: BAKERY, released: RELEASED, asked: { flour: 'major' }, dependents });
    expect(plan.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "NXPYPI_RANGE_BLOCKED: dough needs flour as 'flour[rye] ~=1.4 ; python_version >= '3.9'', which does not accept 2.0.0 and is not to be rewritten",
    ]);
  });

  it('B1: an unknown state stops what was asked for, and nothing else', () => {
    const problem = { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'no answer', hint: 'try again' };
    const states = { flour: { kind: 'unknown', problem } } as const;
    const codes = (asked: Readonly<Record<string, string>>): readonly string[] =>
      bump({ files: BAKERY, released: RELEASED, asked, states }).plan.problems.map(({ code }) => code);
    expect(codes({ flour: 'patch' })).toEqual(['NXPYPI_REGISTRY_UNREACHABLE']);
    expect(codes({ cake: 'patch' })).toEqual([]);
  });
});

const NAMES = ['almond', 'butter', 'cream', 'dough', 'egg'] as const;
const SPECIFIERS = ['>=1,<2', '~=1.0', '==1.0.0', '>=1', '>=1.0,<1.1', '<2', '!=0.9', ''] as const;

const scenario = fc.record({
  edges: fc.uniqueArray(
    fc.record({
      from: fc.constantFrom(...NAMES),
      to: fc.constantFrom(...NAMES),
      specifier: fc.constantFrom(...SPECIFIERS),
    }),
    { maxLength: 12, selector: ({ from, to }) => `${from} ${to}` },
  ),
  asked: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('patch', 'minor', 'major', 'prerelease', '3.1')),
  locked: fc.subarray([...NAMES], { maxLength: 3 }),
  rewrite: fc.constantFrom('style', 'exact', 'compatible', 'cap-next-major'),
  follow: fc.constantFrom('range', 'always'),
  level: fc.constantFrom('patch', 'match'),
});

describe('the plan of a bump, for any graph, versions, ranges, levels and policies', () => {
  const released = Object.fromEntries(NAMES.map((name) => [name, ['0.9.0', '1.0.0']]));

  it('G9, F5: leaves no range unsatisfied, lowers nothing, ignores the order, and is empty once carried out', () => {
    fc.assert(
      fc.property(scenario, ({ edges, asked, locked, rewrite, follow, level }) => {
        const files = Object.assign(
          {},
          ...NAMES.map((name) =>
            project(
              name,
              '1.0.0',
              edges.filter((edge) => edge.from === name && edge.to !== name).map((edge) => edge.to + edge.specifier),
            ),
          ),
        ) as Files;
        const dependents = {
          edge: () => ({ follow, rewrite }),
          level,
          lockstep: new Map(locked.map((name) => [name, locked.toSorted()])),
        } as const;
        const spec = { files, released, asked, dependents };
        const { plan, edits, files: after } = bump(spec);
        expect([...plan.problems, ...edits.problems]).toEqual([]);
        for (const { version } of plan.packages)
          expect(compareVersions(versionOf(version), versionOf('1.0.0'))).toBeGreaterThan(0);
        const shared = new Set(locked.map((name) => plan.packages.find((each) => each.name === name)?.version));
        expect(shared.size).toBeLessThanOrEqual(1);
        expectSatisfied(after);
        const backwards = Object.fromEntries(Object.entries(files).toReversed());
        expect(bump({ ...spec, files: backwards }).plan).toEqual(plan);
        const again = bump({ ...spec, files: after });
        expect(again.edits).toEqual({ files: [], problems: [] });
        expect(again.plan.packages.every(({ change }) => change === 'already-there')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

function expectSatisfied(files: Files): void {
  const { packages } = discoverPackages(Object.keys(files), (path) => files[path]);
  const versions = new Map(packages.map((pkg) => [pkg.normalizedName, 'text' in pkg.version ? pkg.version.text : '']));
  for (const pkg of packages) {
    for (const { normalizedName, specifier, written } of pkg.declarations) {
      // A bare name gets its range when it is built.
      if (specifier === '') continue;
      const set = parseSpecifierSet(specifier);
      const version = versionOf(versions.get(normalizedName) ?? '');
      expect(set !== null && specifierAllows(set, version, 'default'), `${pkg.name}: ${written}`).toBe(true);
    }
  }
}
