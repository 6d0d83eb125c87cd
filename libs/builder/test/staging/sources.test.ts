import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import { expect, it } from 'vitest';
import { pyproject, scoreWith } from '../setting/score.ts';

it('D1: the sources of a package are what its stage holds, and what symlinks of it stand for', async () => {
  const score = await scoreWith({
    'violin/pyproject.toml': pyproject('violin', 'setuptools.build_meta'),
    'violin/violin.py': 'strings = 4\n',
    'shared/tuning.py': 'a = 440\n',
    'shared/other.py': '',
    'viola/viola.py': '',
  });
  const { root } = score.repository;
  await mkdir(join(root, 'violin/notes'));
  await symlink('../../shared/tuning.py', join(root, 'violin/notes/tuning.py'));
  const builder = createBuilder({ root, cacheDir: join(root, '.nx'), env: {} });
  expect(await builder.sources(await score.packageAt('violin'))).toEqual({
    kind: 'found',
    value: ['violin/notes/tuning.py', 'shared/tuning.py', 'violin/pyproject.toml', 'violin/violin.py'],
  });
});
