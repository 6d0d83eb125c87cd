import type { PythonPackage } from '@nx-pypi/manifests';
import { expect, it } from 'vitest';
import { fileMentions } from '../../src/staging/file-mentions.ts';
import { pyproject, scoreWith } from '../setting/score.ts';

const VIOLIN = 'violin/pyproject.toml';

async function violin(): Promise<PythonPackage> {
  return (await scoreWith({ [VIOLIN]: pyproject('violin', 'hatchling.build') })).packageAt('violin');
}

it.each([
  ['a path above the folder', 'readme = "../README.md"', '../README.md'],
  ['full stops that are written as escapes', String.raw`readme = "\u002e\u002e/README.md"`, '../README.md'],
])('D1: %s is found whether files are ignored or not', async (_, line, path) => {
  const read = (file: string): string | undefined => (file === VIOLIN ? `[project]\n${line}\n` : undefined);
  for (const ignoresFiles of [true, false]) {
    expect(fileMentions(await violin(), read, ignoresFiles).paths).toContain(path);
  }
});

it('D1: what ships although it is ignored is looked for where files are ignored', async () => {
  const read = (file: string): string | undefined =>
    file === VIOLIN ? '[tool.hatch.build]\nartifacts = ["violin/_generated.py"]\n' : undefined;
  expect(fileMentions(await violin(), read, true).shipped).toStrictEqual(['violin/_generated.py']);
  expect(fileMentions(await violin(), read, false).shipped).toStrictEqual([]);
});
