import { expect, it } from 'vitest';
import { credentialOf, openHouse, openStage, runHere, writeModule } from './theatre.ts';

const DUO = [{ name: 'opera-score' }, { name: 'opera-cast', dependencies: ['opera-score>=1,<2'] }];

async function twoSeasons() {
  const registry = await openHouse();
  const stage = await openStage(DUO, registry);
  const first = await stage.git('rev-parse', 'HEAD');
  expect((await stage.cli(['publish'])).code).toBe(0);
  writeModule(stage.root, 'opera-score', 'KEY = "minor"\n');
  const second = await stage.commit('Another key');
  expect((await stage.cli(['publish'])).code).toBe(0);
  return { registry, stage, first, second };
}

it('I3: history tells where every version comes from, and what a commit released', async () => {
  const { registry, stage, first, second } = await twoSeasons();
  const ofScore = await stage.cli(['history', 'Opera.Score']);
  expect(ofScore).toMatchObject({ code: 0 });
  expect(ofScore.text).toMatch(
    new RegExp(
      `opera-score 1\\.0\\.1 +${second.slice(0, 12)} on main\\nopera-score 1\\.0\\.0 +${first.slice(0, 12)} on main`,
    ),
  );
  const ofFirst = await stage.cli(['history', '--revision', first.slice(0, 8)]);
  expect(ofFirst.text).toMatch(/opera-cast 1\.0\.0 .*\nopera-score 1\.0\.0 /);
  expect(ofFirst.text).not.toContain('1.0.1');
  expect((await stage.cli(['history'])).code).toBe(2);
  const here = (words: readonly string[]) => runHere(stage.root, words, credentialOf(registry));
  const ofHead = await here(['history', '--revision', 'HEAD']);
  expect(ofHead.text).toContain('opera-score 1.0.1');
  expect(ofHead.text).not.toContain('1.0.0');
  expect(await here(['history', 'opera-scroe'])).toMatchObject({
    code: 1,
    text: expect.stringContaining("NXPYPI_UNKNOWN_PACKAGE: no package of this workspace is called 'opera-scroe'"),
  });
  expect(await here(['verify', 'opera-cast', 'opera-scroe'])).toMatchObject({
    code: 1,
    text: expect.stringContaining("NXPYPI_NOTHING_RELEASED: the registry has no release of 'opera-scroe'"),
  });
});

it('G7: verify looks at everything later, and tells what is amiss', async () => {
  const { registry, stage } = await twoSeasons();
  expect(await stage.cli(['verify', '--all'])).toMatchObject({
    code: 0,
    text: expect.stringContaining('6 files of 2 packages verified, 0 problems'),
  });
  expect((await stage.cli(['verify'])).text).toContain('4 files of 2 packages verified');
  registry.faults.arm({
    on: { route: 'upload', path: '' },
    effect: { kind: 'status', status: 403 },
    after: 1,
    times: 9,
  });
  writeModule(stage.root, 'opera-score', 'KEY = "major"\n');
  await stage.commit('A third key');
  expect((await stage.cli(['publish'])).code).toBe(1);
  const { code, text } = await stage.cli(['verify']);
  expect({ code, text }).toMatchObject({
    code: 1,
    text: expect.stringContaining('NXPYPI_INCOMPLETE: opera-score 1.0.2 lacks its wheel'),
  });
});

it('law 7: publish leaves the tree alone; --write writes the released versions and says how to commit them', async () => {
  const { stage } = await twoSeasons();
  const status = () => stage.git('status', '--porcelain');
  expect(await status()).toBe('');
  const { code, text } = await stage.cli(['publish', '--write']);
  expect({ code, text }).toMatchObject({ code: 0 });
  expect(await status()).toBe(' M packages/opera-score/pyproject.toml');
  expect(await stage.git('diff', '--unified=0')).toMatch(/-version = "1\.0\.0"\n\+version = "1\.0\.1"$/);
  const command = /to commit: git (?<words>commit -m .*)$/m.exec(text)?.groups?.['words'];
  expect(command).toBe("commit -m 'Release opera-score 1.0.1' -- packages/opera-score/pyproject.toml");
  await stage.commit('As told');
  const again = await stage.cli(['publish', '--write']);
  expect(again.text).toContain('2 packages: 2 up to date');
  expect(await status()).toBe('');
});
