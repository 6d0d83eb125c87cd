import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { bakery, FILES, type Bakery } from './bakery.ts';

/** What differs from the last commit, as `path: line` for every line that is there now. */
async function changes({ git }: Bakery): Promise<readonly string[]> {
  const diff = await git('diff', '--unified=0', '--no-color', 'HEAD');
  let file = '';
  return diff.split('\n').flatMap((line) => {
    if (line.startsWith('+++ b/')) file = line.slice('+++ b/'.length);
    return line.startsWith('+') && !line.startsWith('+++') ? [`${file}: ${line.slice(1)}`] : [];
  });
}

describe('nx-pypi bump', () => {
  it('shows what it would write, asks, and writes versions and ranges in their own dialect', async () => {
    const shop = await bakery();
    const dry = await shop.cli(['bump', 'flour', '--level', 'major', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, error: '' });
    expect(dry.out).toBe(
      [
        'package  registry  manifest  new    reason                     blast radius',
        'cake     0.3.0     0.3.0     0.3.1  flour >=1,<2 → >=2.0.0,<3  nobody needs it',
        'dough    1.0.0     1.0.0     1.0.1  flour ~=1.4 → ~=2.0        1 needs it, none follows',
        'flour    1.4.2     1.4.2     2.0.0  asked for: major           2 need it, 2 follow',
        '',
        'ranges that are rewritten:',
        '  cake: flour >=1,<2 → >=2.0.0,<3  (cake/setup.cfg)',
        '  dough: flour ~=1.4 → ~=2.0  (dough/pyproject.toml)',
        '',
        '3 files would be written',
      ].join('\n'),
    );
    expect(await changes(shop)).toEqual([]);
    expect((await shop.cli(['bump', 'flour', '--level', 'major'])).error).toContain('pass --yes');
    expect((await shop.cli(['bump', 'flour', '--level', 'major'], 'n')).code).toBe(1);
    expect(await changes(shop)).toEqual([]);
    expect((await shop.cli(['bump', 'flour', '--level', 'major'], 'y')).code).toBe(0);
    expect(await changes(shop)).toEqual([
      'cake/setup.cfg: version = 0.3.1',
      'cake/setup.cfg:     flour>=2.0.0,<3',
      'dough/pyproject.toml: version = "1.0.1"',
      'dough/pyproject.toml: dependencies = ["flour[rye] ~=2.0"]',
      'flour/pyproject.toml: version = "2.0.0"  # milled',
    ]);
  });

  it('says in one line what many packages rewrite alike, and nothing of manifests where there is nothing to bump', async () => {
    const buns = ['aniseed', 'cinnamon', 'poppy', 'raisin', 'sesame'].map((name) => [
      `${name}/pyproject.toml`,
      `[project]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ["flour<2"]\n`,
    ]);
    const shop = await bakery(Object.fromEntries(buns));
    for (const name of ['aniseed', 'cinnamon', 'poppy', 'raisin', 'sesame']) shop.shelf[name] = ['1.0.0'];
    const dry = await shop.cli(['bump', 'flour', '--level', 'major', '--dry-run']);
    expect(dry.out).toContain(
      '  flour <2 → <3  in aniseed, cinnamon, poppy and 2 others\n  cake: flour >=1,<2 → >=2.0.0,<3  (',
    );
    const none = await shop.cli(['bump', 'tag:sour', '--yes']);
    expect(none.out).not.toContain('every manifest says so');
  });

  it('E5: counts from the registry and finds nothing to write the second time', async () => {
    const shop = await bakery({ 'flour/pyproject.toml': '[project]\nname = "flour"\nversion = "1.0.0"\n' });
    await shop.cli(['bump', 'flour', '--yes']);
    expect(shop.read('flour/pyproject.toml')).toContain('1.4.3');
    const again = await shop.cli(['bump', 'flour', '--yes']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('every manifest says so already');
  });

  it('chooses by name, glob and tag, a level for all and others for some', async () => {
    const shop = await bakery();
    const said = await shop.cli([
      'bump',
      'tag:sweet',
      'D*gh',
      'd*',
      '--level=minor',
      '--set=bread=3.0.0rc1',
      '--dry-run',
      '--json',
    ]);
    expect(said.code).toBe(1);
    const fine = await shop.cli([
      'bump',
      'tag:sweet',
      'd*',
      '--level=minor',
      '--set=bread=3.0.0rc1',
      '--dry-run',
      '--json',
    ]);
    const { packages } = JSON.parse(fine.out) as { packages: { name: string; version: string }[] };
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'bread 3.0.0rc1',
      'cake 0.4.0',
      'dough 1.1.0',
    ]);
    const all = await shop.cli(['bump', '--dry-run', '--json']);
    expect(JSON.parse(all.out)).toMatchObject({ packages: [{}, {}, {}, {}] });
    const most = await shop.cli(['bump', '--level', 'minor', '--set', 'flour=major', '--dry-run', '--json']);
    const bumped = JSON.parse(most.out) as { packages: { name: string; version: string }[] };
    expect(bumped.packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'bread 2.2.0',
      'cake 0.4.0',
      'dough 1.1.0',
      'flour 2.0.0',
    ]);
  });

  it('commits what it wrote and nothing else, on a branch if asked', async () => {
    const shop = await bakery({ 'notes.txt': 'a\n' });
    await shop.commit('Notes');
    writeFileSync(join(shop.root, 'notes.txt'), 'b\n');
    const said = await shop.cli(['bump', 'flour', 'cake', '--branch', 'next', '--yes']);
    expect(said).toMatchObject({ code: 0, error: '' });
    expect(await shop.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('next');
    expect(await shop.git('log', '-1', '--format=%B', '--name-only')).toBe(
      'Release cake 0.3.1, flour 1.4.3\n\n- cake 0.3.1\n- flour 1.4.3\n\n\ncake/setup.cfg\nflour/pyproject.toml',
    );
    expect(await shop.git('status', '--porcelain')).toBe(' M notes.txt');
    expect((await shop.cli(['bump', 'dough', '--branch', 'next', '--yes'])).error).toContain('NXPYPI_GIT_FAILED');
    expect(shop.read('dough/pyproject.toml')).toBe(FILES['dough/pyproject.toml']);
  });
});

describe('a bump that can’t be made says so before the first write', () => {
  it.each<[string, readonly string[], string]>([
    [
      'an unknown package',
      ['bump', 'flower', '--yes'],
      "NXPYPI_UNKNOWN_PACKAGE: no package of this workspace is called 'flower'",
    ],
    [
      'a wrong level',
      ['bump', 'flour', '--level', 'huge', '--yes'],
      "'huge' is neither a level nor a version by PEP 440",
    ],
    [
      'a version that is not PEP 440',
      ['bump', '--set', 'flour=1.x', '--yes'],
      "'1.x' is neither a level nor a version",
    ],
    ['E4: a version that is taken', ['bump', '--set', 'flour=1.4.1', '--yes'], 'NXPYPI_VERSION_TAKEN'],
    ['E4: a version below the highest', ['bump', '--set', 'flour=1.3', '--yes'], 'NXPYPI_VERSION_LOWER'],
  ])('%s', async (_what, words, message) => {
    const shop = await bakery();
    const said = await shop.cli(words);
    expect(said.code).not.toBe(0);
    expect(said.error).toContain(message);
    expect(await changes(shop)).toEqual([]);
  });

  it('a read-only file', async () => {
    const shop = await bakery();
    chmodSync(join(shop.root, 'dough/pyproject.toml'), 0o444);
    const said = await shop.cli(['bump', 'flour', '--level', 'major', '--yes']);
    expect(said).toMatchObject({ code: 1 });
    expect(said.error).toContain('NXPYPI_READ_ONLY: dough/pyproject.toml is read-only');
    expect(await changes(shop)).toEqual([]);
  });

  it('C1: a version outside the branch’s line', async () => {
    const shop = await bakery({}, { releaseBranches: { main: '<2' } });
    const said = await shop.cli(['bump', 'flour', '--level', 'major', '--yes']);
    expect(said.error).toContain('NXPYPI_OUTSIDE_LINE');
    expect(await changes(shop)).toEqual([]);
  });

  it('C1: a version outside the line that the package itself gives the branch', async () => {
    const own = `${FILES['flour/pyproject.toml'] ?? ''}\n[tool.nx-pypi.releaseBranches]\nmain = ">=1,<2"\n`;
    const shop = await bakery({ 'flour/pyproject.toml': own }, { releaseBranches: { main: '*' } });
    shop.shelf['flour'] = ['1.4.2', '2.3.0'];
    const said = await shop.cli(['bump', 'flour', 'cake', '--level', 'major', '--yes']);
    expect(said.error).toContain('NXPYPI_OUTSIDE_LINE: flour would become 2.0.0');
    expect(await changes(shop)).toEqual([]);
    const fixed = await shop.cli(['bump', 'flour', '--level', 'patch', '--yes']);
    expect(fixed).toMatchObject({ code: 0, error: '' });
    expect(await changes(shop)).toEqual(['flour/pyproject.toml: version = "1.4.3"  # milled']);
  });

  it('F5: a ceiling that the package itself keeps by hand', async () => {
    const own = `${FILES['cake/setup.cfg'] ?? ''}\n[nx-pypi.dependencies.flour]\nfollow = never\n`;
    const shop = await bakery({ 'cake/setup.cfg': own });
    const said = await shop.cli(['bump', 'flour', '--level', 'major', '--yes']);
    expect(said.error).toContain("cake needs flour as 'flour>=1,<2', which does not accept 2.0.0");
    expect(await changes(shop)).toEqual([]);
  });

  it('F5: a ceiling that an edge keeps by hand', async () => {
    const edges = [{ dependent: 'cake', dependency: 'flour', follow: 'never' }];
    const shop = await bakery({}, { dependents: { edges } });
    const said = await shop.cli(['bump', 'flour', '--level', 'major', '--yes']);
    expect(said.error).toContain("cake needs flour as 'flour>=1,<2', which does not accept 2.0.0");
    expect(await changes(shop)).toEqual([]);
  });
});

it.each([[['bump', 'cake', '--dry-run']], [['list']], [['doctor']], [['status']]])(
  'E5: %s completes what a killed bump left before it reads a manifest',
  async (words) => {
    const shop = await bakery();
    const before = FILES['flour/pyproject.toml'] ?? '';
    const files = [{ path: 'flour/pyproject.toml', before, after: before.replace('1.4.2', '1.5.0') }];
    await writeTree(shop.root, { '.nx/nx-pypi/journal.json': JSON.stringify({ format: 1, pid: 1, files }) });
    const said = await shop.cli(words);
    expect(said.error).toContain('completed what a killed command had begun to write: flour/pyproject.toml');
    expect(await changes(shop)).toEqual(['flour/pyproject.toml: version = "1.5.0"  # milled']);
    const other = { path: 'flour/pyproject.toml', before: '', after: '' };
    await writeTree(shop.root, {
      '.nx/nx-pypi/journal.json': JSON.stringify({ format: 1, pid: 1, files: [other] }),
    });
    const stopped = await shop.cli(words);
    expect(stopped).toMatchObject({ code: 1, error: expect.stringContaining('NXPYPI_HALF_WRITTEN') });
  },
);

it.each([
  ['a package', ['cake']],
  ['a level', ['--level', 'minor']],
  ['a step', ['--set', 'cake=major']],
])('publish --plan takes no choice of its own: %s', async (_what, words) => {
  const shop = await bakery();
  const said = await shop.cli(['publish', '--plan', 'plan.json', ...words]);
  expect(said).toMatchObject({ code: 2, error: expect.stringContaining('a plan says what to publish') });
});

it('nx-pypi sync writes versions that the registry has, lowers none, and releases nothing', async () => {
  const shop = await bakery({ 'cake/setup.cfg': '[metadata]\nname = cake\nversion = 0.9\n' });
  shop.shelf['dough'] = ['1.0.0', '1.3.0'];
  const said = await shop.cli(['sync', '--json']);
  expect(JSON.parse(said.out)).toEqual({
    packages: [{ name: 'dough', version: '1.3.0' }],
    written: ['dough/pyproject.toml'],
    problems: [],
  });
  expect((await shop.cli(['sync'])).out).toBe('no manifest lags behind the registry');
});
