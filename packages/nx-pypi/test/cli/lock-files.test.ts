import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { writeTree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { staleLocks } from '../../src/bump/lock-files.ts';
import { refreshLocks } from '../../src/bump/refresh-locks.ts';
import { bakery } from './bakery.ts';

const LOCK = 'version = 1\n\n[[package]]\nname = "flour"\nversion = "1.4.2"\n';

it('finds the lock files beside and above what was edited that name it, with the command of their own tool', () => {
  const files: Readonly<Record<string, string>> = {
    'uv.lock': LOCK,
    'poetry.lock': 'name = "salt"',
    'flour/pdm.lock': '',
    'cake/uv.lock': LOCK,
  };
  const stale = staleLocks(['flour/pyproject.toml'], ['flour'], (path) => files[path]);
  expect(stale.map(({ file, tool, arguments: words }) => [file, tool, ...words])).toEqual([
    ['uv.lock', 'uv', 'lock'],
    ['flour/pdm.lock', 'pdm', 'lock', '--update-reuse'],
  ]);
});

it('ends with the exact command where the tool is not installed, and refreshes where it is', async () => {
  const shop = await bakery({ 'uv.lock': LOCK, 'flour/pdm.lock': '' });
  const stale = staleLocks(['flour/pyproject.toml'], ['flour'], () => LOCK).filter(({ tool }) => tool !== 'poetry');
  await writeTree(shop.root, {
    'bin/uv': '#!/bin/sh\necho refreshed > uv.lock\n',
    'bin/pdm': '#!/bin/sh\necho no index >&2\nexit 1\n',
  });
  chmodSync(join(shop.root, 'bin/uv'), 0o755);
  const PATH = `${join(shop.root, 'bin')}:/usr/bin:/bin`;
  const uv = stale.find(({ file }) => file === 'uv.lock');
  const pdm = stale.find(({ file }) => file === 'flour/pdm.lock');
  if (uv === undefined || pdm === undefined) throw new Error('both lock files are stale');
  expect(await refreshLocks(shop.root, [uv, pdm], { PATH })).toEqual({
    refreshed: ['uv.lock'],
    ok: true,
    lines: ['flour/pdm.lock is out of date, and pdm is not installed here; run: (cd flour && pdm lock --update-reuse)'],
  });
  expect(shop.read('uv.lock')).toBe('refreshed\n');
  chmodSync(join(shop.root, 'bin/pdm'), 0o755);
  expect(await refreshLocks(shop.root, [pdm], { PATH })).toMatchObject({ refreshed: [], ok: false });
});
