import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ArtifactList, ReleaseReport } from '@nx-pypi/release';
import { expect, it } from 'vitest';
import { credentialOf, openHouse, openStage, runHere } from './theatre.ts';

/** The time stamps of archives count in seconds. */
const A_SECOND_MS = 1100;
const SDISTS = ['opera_score-1.0.0.tar.gz', 'opera_cast-1.0.0.tar.gz'];

it('G4: sdists that are built again have other bytes and the same content, and count as sent', async () => {
  const registry = await openHouse();
  const { root } = await openStage(
    [
      { name: 'opera-score', backend: 'setuptools' },
      { name: 'opera-cast', backend: 'pdm-backend' },
    ],
    registry,
  );
  const cli = (words: readonly string[]) => runHere(root, words, credentialOf(registry));
  const plan = ['--plan', '.nx/first/nx-pypi-plan.json'];
  expect(await cli(['build', '--out', '.nx/first'])).toMatchObject({ code: 0 });
  await wait(A_SECOND_MS);
  expect(await cli(['build', ...plan, '--out', '.nx/again'])).toMatchObject({ code: 0 });
  const [first, rebuilt] = [digestsOf(root, '.nx/first'), digestsOf(root, '.nx/again')];
  for (const sdist of SDISTS) expect(rebuilt[sdist]).not.toBe(first[sdist]);
  registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'status', status: 503 }, times: 1 });
  const sending = await cli(['publish', ...plan, '--artifacts', '.nx/first']);
  expect(sending).toMatchObject({
    code: 0,
    text: expect.stringMatching(/opera_\w+-1\.0\.0\.tar\.gz is tried again: .*503/),
  });
  const sent = registry.requests.filter(({ method }) => method === 'POST').length;
  const again = await cli(['publish', ...plan, '--artifacts', '.nx/again', '--json']);
  expect(again).toMatchObject({ code: 0 });
  const { results } = JSON.parse(again.text.slice(again.text.indexOf('{\n'))) as Pick<ReleaseReport, 'results'>;
  const files = results.flatMap(({ outcome }) => (outcome.kind === 'published' ? outcome.files : []));
  for (const sdist of SDISTS)
    expect(files).toContainEqual({ kind: 'already-there', filename: sdist, sha256: first[sdist], same: 'content' });
  expect(registry.requests.filter(({ method }) => method === 'POST')).toHaveLength(sent);
});

function digestsOf(root: string, folder: string): Readonly<Record<string, string>> {
  const list = JSON.parse(readFileSync(join(root, folder, 'nx-pypi-artifacts.json'), 'utf8')) as ArtifactList;
  return Object.fromEntries(list.artifacts.map(({ filename, sha256 }) => [filename, sha256]));
}
