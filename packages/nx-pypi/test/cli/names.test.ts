import { describe, expect, test } from 'vitest';
import { openRun } from '../../src/compose/open-run.ts';
import { PLAIN_RUN } from '../../src/compose/request/run-options.ts';
import { runContext } from '../../src/executors/publish/publish-run.ts';
import { bakery } from './bakery.ts';

const NO_FLOWER = "NXPYPI_UNKNOWN_PACKAGE: no package of this workspace is called 'flower'";

describe('a name that no package has is an error, and no run of nothing that looks as if all went well', () => {
  test.each([
    ['plan', 'flower', 'flour'],
    ['status', 'flower'],
    ['publish', 'flower', '--dry-run'],
    ['publish', 'flour', 'flower'],
    ['build', 'flower', '--out', 'built'],
  ])('nx-pypi %s %s %s', async (...words) => {
    const { cli } = await bakery();
    const { code, out, error } = await cli(words.filter((word) => word !== undefined));
    expect({ code, out }).toMatchObject({ code: 1 });
    expect(error).toContain(NO_FLOWER);
    expect(out).not.toMatch(/published|would be|up to date/);
  });

  test('that is not published says so', async () => {
    const { cli } = await bakery({}, { publish: { exclude: ['cake'] } });
    const { code, error } = await cli(['publish', 'cake', '--dry-run']);
    expect({ code, error }).toEqual({
      code: 1,
      error: expect.stringContaining(
        "'cake' is not published: its manifest, its name or the option publish keeps it from that",
      ),
    });
  });
});

test.each([
  [['tag:sweet'], ['cake']],
  [
    ['b*', 'Dough'],
    ['bread', 'dough'],
  ],
])('packages are named by globs and tags too: %j', async (patterns, names) => {
  const { root } = await bakery();
  const context = runContext(root, { env: { PATH: process.env['PATH'] }, tags: new Map(), say: () => {} });
  const opened = await openRun(context, { ...PLAIN_RUN, patterns });
  if (opened.kind === 'problem') throw new Error(opened.problem.message);
  await opened.value.close();
  expect(opened.value.request.select).toEqual(names);
});
