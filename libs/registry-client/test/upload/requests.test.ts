import { localRealm, startRegistry } from 'nx-pypi-registry';
import { expect, onTestFinished, test } from 'vitest';
import { bake, clientOf, credentialFor, order, targetOf, tempFolder } from '../bakery.ts';

async function openShop() {
  const registry = await startRegistry({ storage: await tempFolder(), realm: localRealm('yeast') });
  onTestFinished(async () => registry.close());
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' });
  const client = await clientOf(target, credentialFor(target, 'yeast'));
  await client.prove();
  const begin = registry.requests.length;
  /** What was asked since: pages, files, uploads. */
  const asked = (): readonly string[] =>
    registry.requests.slice(begin).map(({ method, path }) => {
      if (method === 'POST') return 'upload';
      return `${method} ${path.includes('/simple/') ? (path.includes('/groups/') ? 'group page' : 'project page') : 'file'}`;
    });
  return { registry, client, asked };
}

test('G3, G7: a version costs one look, its uploads, one page and a length per file', async () => {
  const { client, asked } = await openShop();
  const sdist = await bake('rye_bread-1.0.tar.gz', 'rye');
  const wheel = await bake('rye_bread-1.0-py3-none-any.whl', 'sliced rye');
  await client.upload(order(sdist, 'rye-bread', '1.0'));
  await client.upload(order(wheel, 'rye-bread', '1.0'));
  const seen = await Promise.all([sdist, wheel].map((file) => client.verify({ ...file, name: 'rye-bread' })));
  expect(seen).toEqual([{ kind: 'visible' }, { kind: 'visible' }]);
  expect(asked().toSorted()).toEqual(
    ['project page', 'group page', 'group page']
      .map((page) => `GET ${page}`)
      .concat(['HEAD file', 'HEAD file', 'upload', 'upload'])
      .toSorted(),
  );
});

test('G4: of a version that others began, every file is looked for before it is sent', async () => {
  const { registry, client, asked } = await openShop();
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' });
  const other = await clientOf(target, credentialFor(target, 'yeast'));
  const wheel = await bake('rye_bread-1.0-py3-none-any.whl', 'sliced rye');
  await other.upload(order(wheel, 'rye-bread', '1.0'));
  const before = asked().length;
  await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
  const same = await client.upload(order(wheel, 'rye-bread', '1.0'));
  expect(same).toMatchObject({ kind: 'already-there', same: 'bytes' });
  expect(
    asked()
      .slice(before)
      .filter((one) => one === 'upload'),
  ).toHaveLength(1);
});

test('G4: a wheel that another run stores after our sdist is a conflict, found by the refusal', async () => {
  const { registry, client } = await openShop();
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 'local/packages', group: 'local' });
  const other = await clientOf(target, credentialFor(target, 'yeast'));
  await client.upload(order(await bake('rye_bread-1.0.tar.gz', 'rye'), 'rye-bread', '1.0'));
  const theirs = await bake('rye_bread-1.0-py3-none-any.whl', 'their rye');
  expect(await other.upload(order(theirs, 'rye-bread', '1.0'))).toMatchObject({ kind: 'uploaded' });
  const ours = await bake('rye_bread-1.0-py3-none-any.whl', 'our rye');
  expect(await client.upload(order(ours, 'rye-bread', '1.0'))).toMatchObject({
    kind: 'conflict',
    theirs: theirs.sha256,
  });
});
