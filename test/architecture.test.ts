import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LockEntries } from '../tools/lock/complete-lock.ts';
import { staleLock } from '../tools/lock/stale-lock.ts';
import { checkFiles, checkWords } from '../tools/source/file-rules.ts';
import { checkImports } from '../tools/source/import-rules.ts';
import { checkManifests, checkPublished } from '../tools/source/manifest-rules.ts';
import { readRepository, type Violation } from '../tools/source/repository.ts';

const repository = readRepository(join(import.meta.dirname, '..'));

function lines(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ where, message }) => `${where} ${message}`);
}

describe('the repository', () => {
  test('was read: every package and its source', () => {
    expect(repository.packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['nx-pypi', 'nx-pypi-registry', '@nx-pypi/standards', '@nx-pypi/testkit']),
    );
    expect(repository.files.map(({ path }) => path)).toContain('libs/release/src/ports.ts');
  });

  test('imports go one way, stay inside their package and are declared; pure libs touch nothing', () => {
    expect(lines(checkImports(repository))).toEqual([]);
  });

  test('manifests declare in the direction of the layers, and the plugin all that it folds in', () => {
    expect(lines(checkManifests(repository))).toEqual([]);
    expect(lines(checkPublished(repository))).toEqual([]);
  });

  test('npm ci accepts the lock file', () => {
    const text = repository.files.find(({ path }) => path === 'package-lock.json')?.text ?? '{}';
    const { packages: entries } = JSON.parse(text) as { readonly packages: LockEntries };
    expect(Object.keys(entries).length).toBeGreaterThan(100);
    expect(staleLock(entries, repository.packages)).toEqual([]);
  });

  test('files are named after an idea and stay small', () => {
    expect(lines(checkFiles(repository.files))).toEqual([]);
  });

  test('no host of a public registry and no path of one machine is written down', () => {
    expect(lines(checkWords(repository.files))).toEqual([]);
  });
});
