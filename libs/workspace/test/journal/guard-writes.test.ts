import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardWrites, recoverWrites } from '@nx-pypi/workspace';
import { folderWith } from '../setting/git-folder.ts';

const FILES = { 'alto.txt': 'tacet\n', 'bass.txt': 'tacet\n', 'cantus.txt': 'tacet\n' };
const NAMES = Object.keys(FILES);

/** A host that ends after it wrote some of the files. */
async function hosted(written: number, end: 'exit' | 'kill' | 'done'): Promise<string> {
  const folder = folderWith(FILES);
  const script = join(import.meta.dirname, 'host.ts');
  const child = fork(script, [folder, String(written), end], {
    execArgv: ['--import', 'tsx', '--conditions=nx-pypi-source'],
  });
  await once(child, 'exit');
  return folder;
}

function texts(folder: string): readonly string[] {
  return NAMES.map((name) => readFileSync(join(folder, name), 'utf8'));
}

function journalIn(folder: string): string {
  return join(folder, '.nx/nx-pypi/journal.json');
}

const NONE = NAMES.map(() => 'tacet\n');
const ALL = NAMES.map((name) => `verse of ${name}\n`);

describe('E5: what a host writes in place', () => {
  it.each([
    {
      what: 'is completed after kill -9 in the middle of a file',
      written: 1,
      end: 'kill',
      completed: NAMES,
      after: ALL,
    },
    { what: 'is completed where the host gave up halfway', written: 2, end: 'exit', completed: NAMES, after: ALL },
    { what: 'is as nothing where the host wrote nothing (G10)', written: 0, end: 'exit', completed: [], after: NONE },
    { what: 'needs nothing where the host wrote all of it', written: 3, end: 'exit', completed: [], after: ALL },
    { what: 'needs nothing once the host has said so', written: 3, end: 'done', completed: [], after: ALL },
  ] as const)('$what', async ({ written, end, completed, after }) => {
    const folder = await hosted(written, end);
    expect(await recoverWrites(folder)).toEqual({ kind: 'found', value: completed });
    expect(texts(folder)).toEqual(after);
    expect(existsSync(journalIn(folder))).toBe(false);
    expect(existsSync(join(folder, '.nx/nx-pypi/writing.lock'))).toBe(false);
  });

  it('killed before the first write, it wrote nothing: what people edit afterwards is theirs', async () => {
    const folder = folderWith(FILES);
    const files = NAMES.map((path) => ({ path, before: 'tacet\n', after: 'verse\n' }));
    const guard = await guardWrites(folder);
    if (guard.kind === 'problem') throw new Error(guard.problem.code);
    guard.value.begin(files);
    const journal = readFileSync(journalIn(folder));
    await guard.value.done();
    writeFileSync(journalIn(folder), journal);
    writeFileSync(join(folder, 'bass.txt'), 'my own\n');
    expect(await recoverWrites(folder)).toEqual({ kind: 'found', value: [] });
    expect(texts(folder)).toEqual(['tacet\n', 'my own\n', 'tacet\n']);
    expect(existsSync(journalIn(folder))).toBe(false);
  });

  it('waits for what was left before, and stops where that was edited', async () => {
    const folder = folderWith({
      ...FILES,
      '.nx/nx-pypi/journal.json': JSON.stringify({
        format: 1,
        pid: 4_000_000,
        files: [{ path: 'alto.txt', before: 'a', after: 'b' }],
      }),
    });
    expect(await guardWrites(folder)).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_HALF_WRITTEN' } });
    expect(existsSync(join(folder, '.nx/nx-pypi/writing.lock'))).toBe(false);
  });
});
