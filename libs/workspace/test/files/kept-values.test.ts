import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptValues } from '@nx-pypi/workspace';
import { folderWith } from '../setting/git-folder.ts';

function shelf(): string {
  return join(folderWith({}), 'deep/shelf.json');
}

it('keeps values for the next process once they are saved', async () => {
  const file = shelf();
  const today = keptValues(file, 'oven 1', 10);
  expect(await today.read('rye')).toBeUndefined();
  await today.write('rye', { loaves: 3 });
  expect(await today.read('rye')).toStrictEqual({ loaves: 3 });
  expect(await keptValues(file, 'oven 1', 10).read('rye')).toBeUndefined();
  await today.save();
  expect(await keptValues(file, 'oven 1', 10).read('rye')).toStrictEqual({ loaves: 3 });
});

it('takes nothing that was written under another question', async () => {
  const file = shelf();
  const before = keptValues(file, 'oven 1', 10);
  await before.write('rye', 1);
  await before.save();
  const after = keptValues(file, 'oven 2', 10);
  expect(await after.read('rye')).toBeUndefined();
  await after.write('spelt', 2);
  await after.save();
  expect(await keptValues(file, 'oven 1', 10).read('rye')).toBeUndefined();
  expect(await keptValues(file, 'oven 2', 10).read('spelt')).toBe(2);
});

it('keeps what another process saved meanwhile', async () => {
  const file = shelf();
  const [one, other] = [keptValues(file, 'oven', 10), keptValues(file, 'oven', 10)];
  await one.write('rye', 1);
  await other.write('spelt', 2);
  await one.save();
  await other.save();
  const next = keptValues(file, 'oven', 10);
  expect([await next.read('rye'), await next.read('spelt')]).toStrictEqual([1, 2]);
});

it('drops the oldest values beyond the limit', async () => {
  const file = shelf();
  for (const bread of ['rye', 'spelt', 'barley']) {
    const values = keptValues(file, 'oven', 2);
    await values.write(bread, bread.length);
    await values.save();
  }
  const next = keptValues(file, 'oven', 2);
  expect([await next.read('rye'), await next.read('spelt'), await next.read('barley')]).toStrictEqual([
    undefined,
    5,
    6,
  ]);
});

it('takes a file that was cut off for empty, and writes nothing when nothing is new', async () => {
  const file = shelf();
  const values = keptValues(file, 'oven', 10);
  await values.write('rye', 1);
  await values.save();
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
  const next = keptValues(file, 'oven', 10);
  expect(await next.read('rye')).toBeUndefined();
  await next.save();
  expect(readFileSync(file, 'utf8')).toHaveLength(20);
});

it('costs only the values where nothing can be written', async () => {
  const folder = folderWith({ taken: '' });
  const values = keptValues(join(folder, 'taken/shelf.json'), 'oven', 10);
  await values.write('rye', 1);
  await expect(values.save()).resolves.toBeUndefined();
  expect(await values.read('rye')).toBe(1);
});
