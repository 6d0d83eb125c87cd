import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shop } from './shop.ts';

/** Versions from the registry, each project its own, no git. */
const RELEASE = {
  release: {
    projects: ['flour', 'dough', 'cake'],
    projectsRelationship: 'independent',
    version: { currentVersionResolver: 'registry', git: { commit: false, tag: false, stageChanges: false } },
    changelog: false,
  },
};

describe.each(['22.7.12', '23.3.2', undefined])('nx release version on Nx %s', (nxVersion) => {
  it('counts from the registry, follows with dependents whose range leaves the version out, and shows it in a dry run', async () => {
    const bakery = await shop(nxVersion, RELEASE);
    const words = ['release', 'version', 'major', '--projects=flour', '--verbose'];
    const dry = await bakery.nx([...words, '--dry-run']);
    expect(dry.text).toContain('2.0.0');
    expect(dry.code).toBe(0);
    expect(await bakery.changes()).toEqual([]);
    const done = await bakery.nx(words);
    expect(done.code, done.text).toBe(0);
    expect(await bakery.changes()).toEqual([
      'cake/setup.cfg: version = 0.3.1',
      'cake/setup.cfg:     flour>=2.0.0,<3',
      'dough/pyproject.toml: version = "1.0.1"',
      'dough/pyproject.toml: dependencies = ["flour[rye] ~=2.0"]',
      'flour/pyproject.toml: version = "2.0.0"  # behind the registry',
    ]);
  });

  it('takes versions by PEP 440, none that is taken, completes what a killed bump left first, and plans to publish what it wrote', async () => {
    const bakery = await shop(nxVersion, RELEASE);
    await bakery.killedBump();
    const done = await bakery.nx(['release', 'version', '1.5.0rc1', '--projects=flour']);
    expect(done.code, done.text).toBe(0);
    expect(done.text).toContain('completed what a killed command had begun to write: cake/setup.cfg');
    expect(await bakery.changes()).toEqual([
      'cake/setup.cfg: version = 0.4.0',
      'cake/setup.cfg:     flour>=1.5.0rc1,<2',
      'dough/pyproject.toml: version = "1.0.1"',
      'dough/pyproject.toml: dependencies = ["flour[rye] ~=1.5.0rc1"]',
      'flour/pyproject.toml: version = "1.5.0rc1"  # behind the registry',
    ]);
    expect(existsSync(bakery.journal)).toBe(false);
    const dry = await bakery.nx(['release', 'publish', '--projects=flour', '--dry-run']);
    expect(dry.code, dry.text).toBe(0);
    expect(dry.text).toContain('1.4.2 → 1.5.0rc1 would be published');
    const taken = await bakery.nx(['release', 'version', '1.4.1', '--projects=flour']);
    expect(taken.text).toContain("flour can't become 1.4.1: the registry has it already");
    expect(taken.code).not.toBe(0);
  });

  it('B1: an outage is an error, even with a fallback to the disk', async () => {
    const version = { ...RELEASE.release.version, fallbackCurrentVersionResolver: 'disk' };
    const bakery = await shop(nxVersion, { release: { ...RELEASE.release, version } });
    await bakery.commit('An index that nobody serves', {
      'nx.json': bakery.read('nx.json').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:9'),
    });
    const failed = await bakery.nx(['release', 'version', 'patch', '--projects=flour']);
    expect(failed.code, failed.text).not.toBe(0);
    expect(failed.text).toContain('NXPYPI_');
    expect(await bakery.changes()).toEqual([]);
  });
});
