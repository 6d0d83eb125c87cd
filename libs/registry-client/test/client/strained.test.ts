import { localRealm, startRegistry } from 'nx-pypi-registry';
import { expect, onTestFinished, test } from 'vitest';
import { bake, clientOf, credentialFor, order, targetOf, tempFolder } from '../bakery.ts';
import { answer, openCounter } from '../counter.ts';

const LOAVES = Array.from({ length: 24 }, (_, loaf) => `loaf-${loaf + 1}`);

test('a server that can do three things at once, and refuses the rest with 503, is soon asked for no more than it can do', async () => {
  let serving = 0;
  const refused: number[] = [];
  const counter = await openCounter((_visit, response) => {
    serving += 1;
    const tooMany = serving > 3;
    if (tooMany) refused.push(counter.visits.length);
    setTimeout(
      () => {
        serving -= 1;
        answer(response, tooMany ? 503 : 404, '{"message":"404 Not Found"}', { 'content-type': 'application/json' });
      },
      tooMany ? 0 : 5,
    );
  });
  const target = targetOf({ kind: 'pypi', uploadUrl: `${counter.url}/`, indexUrl: `${counter.url}/simple/` });
  const client = await clientOf(target, credentialFor(target, 'yeast'), {
    retry: { attempts: 20, baseMs: 5, capMs: 20 },
  });
  await Promise.all(LOAVES.map(async (name) => client.readFresh(name)));
  const before = refused.length;
  await Promise.all(LOAVES.map(async (name) => client.readFresh(name)));
  expect(before).toBeGreaterThan(0);
  expect(refused.length - before).toBeLessThan(LOAVES.length / 2);
});

test('G3, law 2: twenty-four packages go to a registry that limits its rate and falters on the way, each once', async () => {
  const registry = await startRegistry({ storage: await tempFolder(), realm: localRealm('yeast') });
  onTestFinished(async () => registry.close());
  registry.faults.limitRate({ requests: 60, seconds: 1 });
  registry.faults.arm({ on: { route: 'upload' }, after: 5, times: 6, effect: { kind: 'status', status: 503 } });
  registry.faults.arm({ on: { route: 'upload' }, after: 15, times: 2, effect: { kind: 'cut', when: 'after-storing' } });
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' });
  const client = await clientOf(target, credentialFor(target, 'yeast'), {
    retry: { attempts: 8, baseMs: 5, capMs: 20 },
  });
  const outcomes = await Promise.all(
    LOAVES.map(async (name) => {
      const artifact = await bake(`${name.replaceAll('-', '_')}-1.0.tar.gz`, name);
      return (await client.upload(order(artifact, name, '1.0'))).kind;
    }),
  );
  expect(new Set(outcomes)).toEqual(new Set(['uploaded']));
  const stored = await client.read(LOAVES);
  for (const name of LOAVES) expect(stored.get(name)).toMatchObject({ kind: 'published', versions: [{ text: '1.0' }] });
});
