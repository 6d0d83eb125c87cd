import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectContext } from '../../../src/compose/registries/connect.ts';
import { connectRun } from '../../../src/compose/registries/connect-channel.ts';
import { channelOf } from '../../../src/compose/registries/run-channel.ts';
import { mixedChannels, runOptionsOf } from '../../../src/executors/publish/task-options.ts';
import type { NxPypiOptions } from '../../../src/options.ts';
import { gitlab, jar, pantry } from './pantry.ts';

const project = { project: 'local/packages', group: 'local' };
const DEV = { channel: { id: 'dev', number: 1n }, versions: 'registry' } as const;

async function opened(options: NxPypiOptions, env: ConnectContext['env']) {
  const root = pantry();
  const found = await connectRun(
    {
      root,
      env,
      options,
      packages: ['jam', 'honey'],
      tags: new Map(),
      cacheDir: join(root, '.nx/nx-pypi'),
      userAgent: 'nx-pypi/0.0.0 (test)',
      say: () => undefined,
    },
    DEV,
  );
  if (found.kind === 'found') onTestFinished(async () => found.value.connection.close());
  return found;
}

describe('C3: the registry of a channel', () => {
  it('is read beside the shared one, and is the only one that is sent to', async () => {
    const [shop, kitchen] = [await gitlab('shop-key'), await gitlab('kitchen-key')];
    const shared = { registry: { url: shop.url, ...project } };
    const env = {
      NX_PYPI_URL: shop.url,
      NX_PYPI_TOKEN: 'shop-key',
      NX_PYPI_CHANNEL_DEV_URL: kitchen.url,
      NX_PYPI_CHANNEL_DEV_TOKEN: 'kitchen-key',
    };
    const final = await opened(shared, env);
    if (final.kind === 'problem') throw new Error(final.problem.message);
    expect(final.value.channel).toMatchObject({ apart: false });
    for (const name of ['jam', 'honey']) await final.value.connection.registry.upload(jar(name, '1.0'));
    const sent = shop.requests.filter(({ method }) => method === 'POST').length;

    const channels = { dev: { registry: { url: kitchen.url, ...project } } };
    const found = await opened({ ...shared, channels }, env);
    if (found.kind === 'problem') throw new Error(found.problem.message);
    const { connection, channel } = found.value;
    const { registry } = connection;
    expect(channel).toMatchObject({ apart: true });
    expect(connection.notices.at(-1)).toMatch(/^channel dev: releases go to /);
    expect(await registry.prove(['jam'])).toBeNull();
    expect(await registry.upload(jar('jam', '1.1.dev7'))).toMatchObject({ kind: 'uploaded' });
    expect(shop.requests.filter(({ method }) => method === 'POST')).toHaveLength(sent);
    const states = await registry.read(['jam', 'honey', 'bread']);
    const seen = [...states].map(([name, state]) => [
      name,
      state.kind === 'published' ? state.versions.map(({ text }) => text) : state.kind,
    ]);
    expect(Object.fromEntries(seen)).toEqual({ jam: ['1.0', '1.1.dev7'], honey: ['1.0'], bread: 'absent' });
    const fresh = await registry.readFresh('jam');
    const files = fresh.kind === 'published' ? fresh.versions.flatMap((version) => version.files) : [];
    for (const file of files) expect(await registry.download(file)).toMatchObject({ kind: 'found' });
    expect(files).toHaveLength(2);
  });

  it('B1: that cannot be asked makes what it holds unknown', async () => {
    const [shop, kitchen] = [await gitlab('shop-key'), await gitlab('kitchen-key')];
    const options = {
      registry: { url: shop.url, ...project },
      channels: { dev: { registry: { url: kitchen.url, ...project } } },
    };
    kitchen.faults.arm({ on: { route: 'page', path: 'jam' }, effect: { kind: 'status', status: 418 }, times: 9 });
    const found = await opened(options, {
      NX_PYPI_URL: shop.url,
      NX_PYPI_TOKEN: 'shop-key',
      NX_PYPI_CHANNEL_DEV_TOKEN: 'kitchen-key',
    });
    if (found.kind === 'problem') throw new Error(found.problem.message);
    const states = await found.value.connection.registry.read(['jam', 'honey']);
    expect([states.get('jam')?.kind, states.get('honey')?.kind]).toEqual(['unknown', 'absent']);
  });

  it('has to be named, or the shared one allowed, where others would see the pre-releases', async () => {
    const registry = { url: 'https://gitlab.example.com', ...project };
    const env = { NX_PYPI_URL: registry.url, NX_PYPI_TOKEN: 'key' };
    expect(await opened({ registry }, env)).toMatchObject({
      problem: {
        code: 'NXPYPI_CHANNEL_NOT_SHARED',
        hint: expect.stringContaining('channels.dev.registry'),
      },
    });
    expect(await opened({ registry, channels: { rc: { registry: 'shared' } } }, env)).toMatchObject({
      kind: 'problem',
    });
    expect(await opened({ registry, channels: { dev: { registry: 'shared' } } }, env)).toMatchObject({
      value: { channel: { apart: false } },
    });
  });

  it('that is no registry is told by its option', async () => {
    const options = { channels: { dev: { registry: { urll: 'x' } } } } as unknown as NxPypiOptions;
    expect(await opened(options, {})).toMatchObject({
      problem: { code: 'NXPYPI_BAD_OPTION', message: "the option channels.dev.registry has no option 'urll'" },
    });
  });
});

describe('C3: the number of a channel', () => {
  it.each([
    ['that of the pipeline for dev', { id: 'dev', number: null }, { CI_PIPELINE_IID: '42' }, 42n],
    ['what was given', { id: 'dev', number: 7n }, { CI_PIPELINE_IID: '42' }, 7n],
    ['counted outside of CI', { id: 'dev', number: null }, {}, null],
    ['counted for candidates', { id: 'rc', number: null }, { CI_PIPELINE_IID: '42' }, null],
  ] as const)('is %s', (_what, channel, env, number) => {
    expect(channelOf({ channel, versions: 'registry' }, env)).toEqual({
      kind: 'found',
      value: { id: channel.id, number },
    });
  });

  it('G8: is no choice of a target that publishes what the manifests say', () => {
    expect(channelOf({ ...DEV, versions: 'manifest' }, {})).toMatchObject({
      problem: { code: 'NXPYPI_CHANNEL_CHOOSES' },
    });
  });

  it('is the same for all tasks of a run', () => {
    const tasks = new Map([
      ['jam', { channel: 'dev', channelNumber: 3 }],
      ['honey', { channel: 'dev', channelNumber: 3 }],
    ] as const);
    expect(runOptionsOf(tasks, {}).channel).toEqual({ id: 'dev', number: 3n });
    expect(mixedChannels([...tasks.values()])).toBeNull();
    expect(mixedChannels([...tasks.values(), {}])).toMatchObject({
      code: 'NXPYPI_MIXED_CHANNELS',
      message: 'tasks of one run ask for the channels dev and none',
    });
  });
});
