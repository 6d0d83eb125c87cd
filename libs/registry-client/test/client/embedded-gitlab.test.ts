import { readFile } from 'node:fs/promises';
import { startRegistry, type RegistryOptions, type RunningRegistry } from 'nx-pypi-registry';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bake, clientOf, credentialFor, order, targetOf, tempFolder, valueOf } from '../bakery.ts';
import type { RegistryClient, RegistryClientOptions, RegistryTarget } from '../../src/index.ts';

const token = 'local-secret-token-4711';

interface Shop {
  readonly registry: RunningRegistry;
  readonly target: RegistryTarget;
  readonly client: RegistryClient;
}

async function openShop(
  options: Partial<RegistryOptions> = {},
  client: Partial<RegistryClientOptions> = {},
): Promise<Shop> {
  const { localRealm } = await import('nx-pypi-registry');
  const registry = await startRegistry({ storage: await tempFolder(), realm: localRealm(token), ...options });
  onTestFinished(async () => registry.close());
  const target = targetOf({ kind: 'gitlab', url: registry.url, project: 1, group: 1 });
  return { registry, target, client: await clientOf(target, credentialFor(target, token), client) };
}

describe('against the embedded GitLab', () => {
  test('a package goes from absent to verified and downloaded', async () => {
    const { client } = await openShop();
    expect(await client.prove()).toBeNull();
    expect(await client.readFresh('rye-bread')).toEqual({ kind: 'absent' });

    const sdist = await bake('rye_bread-1.0.0.tar.gz', 'rye', [['Requires-Python', '>=3.9']]);
    const wheel = await bake('rye_bread-1.0.0-py3-none-any.whl', 'rye wheel', [['Requires-Python', '>=3.9']]);
    expect(await client.upload(order(sdist, 'rye-bread', '1.0.0'))).toMatchObject({ kind: 'uploaded' });
    expect(await client.upload(order(wheel, 'rye-bread', '1.0.0'))).toMatchObject({ kind: 'uploaded' });
    expect(await client.verify({ ...sdist, name: 'rye-bread' })).toEqual({ kind: 'visible' });

    const state = (await client.read(['rye-bread'])).get('rye-bread');
    if (state?.kind !== 'published') throw new Error(JSON.stringify(state));
    expect(state.versions.map(({ text }) => text)).toEqual(['1.0.0']);
    const files = state.versions[0]?.files ?? [];
    expect(files.map(({ filename, sha256, requiresPython }) => ({ filename, sha256, requiresPython }))).toEqual([
      { filename: sdist.filename, sha256: sdist.sha256, requiresPython: '>=3.9' },
      { filename: wheel.filename, sha256: wheel.sha256, requiresPython: '>=3.9' },
    ]);
    const [first] = files;
    if (first === undefined) throw new Error('no file');
    expect(await readFile(valueOf(await client.download(first)), 'utf8')).toBe('rye');
  });
});
