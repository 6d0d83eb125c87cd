import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { expect, test } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';

const secrets = {
  NX_PYPI_TOKEN: 's1',
  NX_PYPI_SHOP_PASSWORD: 's2',
  UV_PUBLISH_TOKEN: 's3',
  UV_INDEX_SHOP_PASSWORD: 's8',
  TWINE_PASSWORD: 's4',
  POETRY_PYPI_TOKEN_SHOP: 's5',
};
const ofCi = { CI_JOB_TOKEN: 's6', CI_REGISTRY_PASSWORD: 's7' };

async function environmentOf(args: readonly string[]): Promise<string> {
  const bin = await temporaryFolder();
  writeFileSync(join(bin, 'git'), '#!/bin/sh\nexec /usr/bin/env\n');
  chmodSync(join(bin, 'git'), 0o755);
  const env = { PATH: bin, HOME: '/home/cook', GIT_DIR: '/elsewhere', ...secrets, ...ofCi };
  return (await runGit(bin, args, { env })).stdout;
}

test.each<[string, readonly string[], readonly string[]]>([
  ['a local command sees no credential', ['status'], []],
  ['a fetch sees what CI signs in with, and no credential for an index', ['fetch', 'origin'], Object.keys(ofCi)],
])('H2: %s', async (_title, args, seen) => {
  const environment = await environmentOf(args);
  const names = Object.keys({ ...secrets, ...ofCi }).filter((name) => environment.includes(`${name}=`));
  expect(names).toEqual(seen);
  expect(environment).toContain('HOME=/home/cook');
  expect(environment).not.toContain('GIT_DIR');
});
