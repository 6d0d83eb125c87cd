import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { verifyingBytes } from '../../src/afterwards/verify-bytes.ts';
import { connected, gitlab, jar } from '../compose/registries/pantry.ts';

async function shop() {
  const server = await gitlab('shop-key');
  const { registry } = await connected({
    options: { registry: { url: server.url, project: 'local/packages', group: 'local' } },
    packages: ['jam'],
    env: { NX_PYPI_URL: server.url, NX_PYPI_TOKEN: 'shop-key' },
  });
  const request = jar('jam', '1.0');
  await registry.upload(request);
  return { server, registry, verified: { ...request.artifact, name: 'jam' } };
}

it('G7: --verify=bytes downloads what was uploaded, by the digest that the index shows', async () => {
  const { server, registry, verified } = await shop();
  expect(await registry.verify(verified)).toEqual({ kind: 'visible' });
  const before = server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/files/')).length;
  expect(await verifyingBytes(registry).verify(verified)).toEqual({ kind: 'visible' });
  const after = server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/files/')).length;
  expect(after).toBeGreaterThan(before);
  expect(existsSync(verified.file) && readFileSync(verified.file, 'utf8')).toBe('jam-1.0.tar.gz');
});

it('G7: bytes that are not those of the digest are a mismatch', async () => {
  const { server, registry, verified } = await shop();
  server.faults.arm({ on: { route: 'download', method: 'GET' }, effect: { kind: 'status', status: 404 }, times: 9 });
  expect(await verifyingBytes(registry).verify(verified)).toMatchObject({ kind: 'mismatch' });
});
