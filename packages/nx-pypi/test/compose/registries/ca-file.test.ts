import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { caFileIn } from '../../../src/compose/registries/ca-file.ts';

function pantry(): string {
  const root = mkdtempSync(join(tmpdir(), 'pantry-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'jars'));
  writeFileSync(join(root, 'ours.pem'), '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
  writeFileSync(join(root, 'recipe.txt'), 'flour, water, salt\n');
  return root;
}

test.each([
  ['no-such.pem', 'there is no file of certificate authorities at '],
  ['recipe.txt', 'recipe.txt holds no certificate (PEM)'],
  ['jars', 'jars cannot be read as a file of certificate authorities'],
])('%s is a wrong option, before anything is asked', (file, message) => {
  const found = caFileIn(pantry(), file);
  expect(found).toMatchObject({
    kind: 'problem',
    problem: { code: 'NXPYPI_BAD_OPTION', message: expect.stringContaining(message) },
  });
});

test('a file is found from the workspace; none is none', () => {
  const root = pantry();
  expect(caFileIn(root, 'ours.pem')).toEqual({ kind: 'found', value: join(root, 'ours.pem') });
  expect(caFileIn(root, undefined)).toEqual({ kind: 'found', value: undefined });
});
