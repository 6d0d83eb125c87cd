import { readFileSync } from 'node:fs';
import type { Tree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { hallWith } from './hall.ts';

/** A way to keep a package from being built, and the one sentence that a person reads of it. */
interface Fault {
  readonly requires: string;
  readonly backend: string;
  /** In place of `[project]` with a name and a version. */
  readonly table?: string;
  readonly setup?: string;
  /** The sentence's beginning. */
  readonly said: string;
}

const SETUPTOOLS = { requires: 'setuptools', backend: 'setuptools.build_meta' };
const FAILED = 'the backend setuptools.build_meta could not build';

const faults: Readonly<Record<string, Fault>> = {
  'syntax-error': {
    ...SETUPTOOLS,
    setup: 'from setuptools import setup\n\nif True print("la")\n',
    said: `${FAILED} syntax-error: SyntaxError: invalid syntax (<string>, line 3)`,
  },
  'missing-requirement': {
    ...SETUPTOOLS,
    setup: 'import valves\n',
    said: `${FAILED} missing-requirement: ModuleNotFoundError: No module named 'valves'`,
  },
  'missing-backend': {
    requires: 'setuptools',
    backend: 'valves.build',
    said: "the backend valves.build could not build missing-backend: ModuleNotFoundError: No module named 'valves'",
  },
  'many-lines': {
    ...SETUPTOOLS,
    setup: 'raise ValueError("the valve:\\n - is stuck\\n - leaks")\n',
    said: `${FAILED} many-lines: ValueError: the valve: is stuck`,
  },
  'wrong-fields': {
    requires: 'poetry-core',
    backend: 'poetry.core.masonry.api',
    table: '[tool.poetry]\nname = "wrong-fields"\nversion = "1.0.0"\ndescription = 1\nauthors = ["x"]\n',
    said: 'the backend poetry.core.masonry.api could not build wrong-fields: RuntimeError: The Poetry configuration is invalid: tool.poetry.description must be string',
  },
  'nothing-to-ship': {
    requires: 'hatchling',
    backend: 'hatchling.build',
    said: 'the backend hatchling.build could not build nothing-to-ship: ValueError: Unable to determine which files to ship',
  },
};

function treeOf(name: string, { requires, backend, table, setup }: Fault): Tree {
  const project = table ?? `[project]\nname = "${name}"\nversion = "1.0.0"\n`;
  return {
    [`${name}/pyproject.toml`]: `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n\n${project}`,
    ...(setup === undefined ? {} : { [`${name}/setup.py`]: setup }),
  };
}

it('the problem of a build is one sentence that names package and cause; the rest is in a log that the hint names', async () => {
  const hall = await hallWith(Object.assign({}, ...Object.entries(faults).map(([name, fault]) => treeOf(name, fault))));
  for (const [name, { said }] of Object.entries(faults)) {
    const outcome = await hall.play(await hall.packageAt(name), '1.0.0');
    if (outcome.kind === 'built') throw new Error(`${name} was built`);
    const { problem, log } = outcome;
    expect(problem).toMatchObject({ code: 'NXPYPI_BUILD_FAILED', where: expect.stringMatching(`^${name}/`) });
    expect(problem.message.slice(0, said.length)).toBe(said);
    expect(problem.message).not.toContain('\n');
    const kept = /; its whole output is in (?<file>.+)$/.exec(problem.hint)?.groups?.['file'];
    expect(readFileSync(kept ?? '', 'utf8')).toBe(`${log.trimEnd()}\n`);
    expect(log).toContain('Traceback (most recent call last)');
  }
});

it('what is known before a build is told without one: a requirement that is nowhere, a version that nothing can set', async () => {
  const hall = await hallWith({
    ...treeOf('tuba', { requires: 'no-such-valve-oil==99', backend: 'valves', said: '' }),
    ...treeOf('flute', {
      requires: 'hatchling',
      backend: 'hatchling.build',
      table: '[project]\nname = "flute"\ndynamic = ["version"]\n\n[tool.hatch.version]\nsource = "versioningit"\n',
      said: '',
    }),
  });
  const tuba = await hall.play(await hall.packageAt('tuba'), '1.0.0');
  const sentence =
    /^tuba can't be built: the build requirements no-such-valve-oil==99 could not be installed: [A-Z][^\n]*no-such-valve-oil/;
  expect(tuba).toMatchObject({
    kind: 'failed',
    problem: {
      code: 'NXPYPI_BUILD_REQUIREMENTS',
      message: expect.stringMatching(sentence),
      where: 'tuba/pyproject.toml',
    },
  });
  expect(await hall.play(await hall.packageAt('flute'), '1.0.0')).toMatchObject({
    kind: 'failed',
    problem: { code: 'NXPYPI_VERSION_NOT_SETTABLE', where: 'flute/pyproject.toml' },
  });
});
