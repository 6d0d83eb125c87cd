import { expect, it } from 'vitest';
import { bakery } from './bakery.ts';

it('E2: --level auto reads each package’s commits since its tag, or since the commit that set its version', async () => {
  const shop = await bakery();
  await shop.git('tag', 'flour-v1.4.2');
  await shop.commit('feat!: grind coarser', { 'flour/mill.py': 'coarse' });
  await shop.commit('feat: more sugar', { 'cake/cake.py': 'sugar' });
  await shop.commit('feat!: taste it', { 'dough/tests/test_dough.py': 'taste' });
  const said = await shop.cli(['bump', '--level', 'auto', '--dry-run', '--json']);
  expect(said.error).toBe('');
  const { packages } = JSON.parse(said.out) as { packages: { name: string; version: string }[] };
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'bread 2.1.1',
    'cake 0.4.0',
    'dough 1.0.1',
    'flour 2.0.0',
  ]);
});

it('E2: auto counts a file outside the folder that the package ships, and not its tests', async () => {
  const shop = await bakery({
    'flour/pyproject.toml': '[project]\nname = "flour"\nversion = "1.4.2"\nreadme = "../shared/README.md"\n',
    'shared/README.md': 'Flour',
  });
  await shop.git('tag', 'v1.4.2');
  await shop.git('tag', 'v1.0.0');
  await shop.commit('feat: say more of flour', { 'shared/README.md': 'Fine flour' });
  await shop.commit('feat!: taste dough', { 'dough/tests/test_dough.py': 'taste', 'dough/conftest.py': '' });
  const said = await shop.cli(['bump', 'flour', 'dough', '--level', 'auto', '--dry-run', '--json']);
  const { packages } = JSON.parse(said.out) as { packages: { name: string; version: string }[] };
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['dough 1.0.1', 'flour 1.5.0']);
  const shown = await shop.cli(['bump', 'flour', '--level', 'auto', '--dry-run']);
  expect(shown.out).toContain('asked for: auto, minor by its commits');
});

it('--changelog adds a section for the version to the CHANGELOG.md of every bumped package', async () => {
  const shop = await bakery({ 'flour/CHANGELOG.md': '# Flour\n\n## [1.4.2] - 2024-01-01\n\n- Old\n' });
  await shop.commit('feat: rye', { 'flour/rye.py': 'rye' });
  const words = ['bump', 'flour', '--level', 'major', '--changelog', '--yes', '--commit'];
  expect(await shop.cli(words)).toMatchObject({ code: 0, error: '' });
  expect(shop.read('flour/CHANGELOG.md')).toMatch(
    /^# Flour\n\n## \[2\.0\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Rye\n\n## \[1\.4\.2\] - 2024-01-01\n\n- Old\n$/,
  );
  expect(shop.read('dough/CHANGELOG.md')).toContain('### Changed\n\n- Requires flour ~=2.0\n');
  expect(await shop.git('status', '--porcelain')).toBe('');
  expect((await shop.cli(words)).out).toContain('every manifest says so already');
});

it('E2: history that does not reach the baseline is an error, with the command that fetches it', async () => {
  const shop = await bakery({}, {});
  shop.shelf['flour'] = ['1.4.2', '1.6.0'];
  const said = await shop.cli(['bump', 'flour', '--level', 'auto', '--yes']);
  expect(said.code).toBe(1);
  expect(said.error).toContain('NXPYPI_NO_HISTORY: nothing in this history says where flour 1.6.0 was released');
  expect(await shop.git('status', '--porcelain')).toBe('');
});
