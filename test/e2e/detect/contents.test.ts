import { pythonWorkspace } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { deskAt, openEnsemble, type Desk } from './ensemble.ts';

interface Piece {
  readonly title: string;
  readonly tree: Readonly<Record<string, string>>;
  /** Done before the first commit. */
  readonly before?: (desk: Desk) => void;
  /** After this the package must be unchanged. */
  readonly idle?: (desk: Desk) => void;
  /** After this it must be released, for these reasons. */
  readonly after: (desk: Desk) => void;
  readonly reasons: readonly string[];
}

function manifest(requires: string, backend: string, tables = '', more = ''): string {
  return `[build-system]\nrequires = [${requires}]\nbuild-backend = "${backend}"\n\n[project]\nname = "suite"\n${more === '' ? 'version = "1.0.0"' : more}\nrequires-python = ">=3.9"\n${tables}`;
}

const INIT = { 'suite/src/suite/__init__.py': '"""A suite."""\n' };
const HATCHLING = ['"hatchling"', 'hatchling.build'] as const;
const SETUPTOOLS = ['"setuptools>=64"', 'setuptools.build_meta'] as const;
const SCM = ['"setuptools>=64", "setuptools-scm>=8"', 'setuptools.build_meta'] as const;

const pieces: readonly Piece[] = [
  {
    title: 'hatchling with a file outside of the folder (force-include)',
    tree: {
      ...INIT,
      'shared/tuning.txt': '440\n',
      'suite/pyproject.toml': manifest(
        ...HATCHLING,
        '\n[tool.hatch.build.targets.wheel]\npackages = ["src/suite"]\n\n[tool.hatch.build.targets.wheel.force-include]\n"../shared/tuning.txt" = "suite/tuning.txt"\n',
      ),
    },
    after: (desk) => desk.write('shared/tuning.txt', '442\n'),
    reasons: ['suite/tuning.txt modified'],
  },
  {
    title: 'a generated module that git ignores and hatchling ships as artifact',
    tree: {
      ...INIT,
      '.gitignore': '.nx/\n_generated.py\n',
      'suite/pyproject.toml': manifest(...HATCHLING, '\n[tool.hatch.build]\nartifacts = ["src/suite/_generated.py"]\n'),
    },
    before: (desk) => desk.write('suite/src/suite/_generated.py', 'BARS = 8\n'),
    after: (desk) => desk.write('suite/src/suite/_generated.py', 'BARS = 16\n'),
    reasons: ['suite/_generated.py modified'],
  },
  {
    title: 'a generated module that git ignores and [tool.nx-pypi] include names',
    tree: {
      ...INIT,
      '.gitignore': '.nx/\n_generated.py\n',
      'suite/pyproject.toml': manifest(...SETUPTOOLS, '\n[tool.nx-pypi]\ninclude = ["src/suite/_generated.py"]\n'),
    },
    before: (desk) => desk.write('suite/src/suite/_generated.py', 'BARS = 8\n'),
    after: (desk) => desk.write('suite/src/suite/_generated.py', 'BARS = 16\n'),
    reasons: ['suite/_generated.py modified'],
  },
  {
    title: 'package data that setuptools-scm finds by asking git',
    tree: {
      ...INIT,
      'suite/src/suite/score.txt': 'la\n',
      'suite/pyproject.toml': manifest(...SCM, '\n[tool.setuptools_scm]\nroot = ".."\n', 'dynamic = ["version"]'),
    },
    after: (desk) => desk.write('suite/src/suite/score.txt', 'la la\n'),
    reasons: ['suite/score.txt modified'],
  },
  {
    title: 'a MANIFEST.in that drops pyproject.toml, and so the provenance (I2)',
    tree: {
      ...INIT,
      'suite/pyproject.toml': manifest(...SETUPTOOLS),
      'suite/setup.cfg': '[metadata]\nname = suite\n',
      'suite/MANIFEST.in': 'exclude pyproject.toml\n',
    },
    idle: (desk) => desk.write('suite/notes/todo.txt', 'rehearse\n'),
    after: (desk) => desk.write('suite/src/suite/__init__.py', '"""Another suite."""\n'),
    reasons: ['suite/__init__.py modified'],
  },
  {
    title: 'a root .gitignore that hatchling ships in its sdist',
    tree: { ...INIT, 'suite/pyproject.toml': manifest(...HATCHLING) },
    idle: (desk) => desk.write('.gitignore', '.nx/\n*.tmp\n'),
    after: (desk) => desk.write('suite/src/suite/coda.py', ''),
    reasons: ['suite/coda.py added'],
  },
  {
    title: 'a platform wheel, for which the sdists are compared',
    tree: {
      'suite/src/suite/_fast.c':
        '#include <Python.h>\nstatic struct PyModuleDef fast = {PyModuleDef_HEAD_INIT, "_fast", NULL, -1, NULL};\nPyMODINIT_FUNC PyInit__fast(void) { return PyModule_Create(&fast); }\n',
      ...INIT,
      'suite/pyproject.toml': manifest(...SETUPTOOLS),
      'suite/setup.py':
        'from setuptools import Distribution, setup\n\n\nclass Binary(Distribution):\n    def has_ext_modules(self):\n        return True\n\n\nsetup(distclass=Binary)\n',
    },
    after: (desk) => desk.write('suite/src/suite/__init__.py', '"""A faster suite."""\n'),
    reasons: ['src/suite/__init__.py modified'],
  },
];

describe('D1: what ships decides, wherever it lies', () => {
  it.each(pieces)('$title', async ({ tree, before, idle, after, reasons }) => {
    const ensemble = await openEnsemble(tree, (root) => before?.(deskAt(root)));
    const desk = deskAt(ensemble.root);
    await ensemble.publish();
    expect((await ensemble.detect())['suite']).toMatchObject({ verdict: 'unchanged' });
    expect((await ensemble.detect({ run: { deep: true } }))['suite']).toMatchObject({ verdict: 'unchanged' });
    idle?.(desk);
    await ensemble.commit('Tidy');
    expect((await ensemble.detect())['suite']).toMatchObject({ verdict: 'unchanged' });
    after(desk);
    await ensemble.commit('Revise');
    expect((await ensemble.detect())['suite']).toMatchObject({ verdict: 'changed', reasons });
  });
});

it('D7: a package whose builds differ from each other is judged by its digest, and that is said', async () => {
  const setup = `import pathlib, time\nfrom setuptools import setup\n\nstamp = pathlib.Path("src/suite/stamp.py")\nstamp.write_text("MADE = %r\\n" % time.time_ns())\nsetup()\n`;
  const ensemble = await openEnsemble({
    ...INIT,
    'suite/pyproject.toml': manifest(...SETUPTOOLS),
    'suite/setup.py': setup,
  });
  await ensemble.publish();
  expect((await ensemble.detect())['suite']).toMatchObject({ verdict: 'unchanged', by: 'digest' });
  expect((await ensemble.detect({ run: { deep: true } }))['suite']).toMatchObject({
    verdict: 'unchanged',
    by: 'digest',
    notes: ['suite/stamp.py differs from build to build'],
  });
  deskAt(ensemble.root).write('suite/src/suite/__init__.py', '"""Another."""\n');
  await ensemble.commit('Revise');
  expect((await ensemble.detect())['suite']).toMatchObject({
    verdict: 'changed',
    reasons: ['suite/__init__.py modified'],
    notes: ['suite/stamp.py differs from build to build'],
  });
});

it('D6: a verdict is remembered for its sources, baseline and environment; --deep asks anew', async () => {
  const ensemble = await openEnsemble(pythonWorkspace([{ name: 'gigue', files: { 'tests/test_gigue.py': '' } }]));
  await ensemble.publish();
  deskAt(ensemble.root).write('packages/gigue/tests/test_gigue.py', 'assert True\n');
  await ensemble.commit('Rehearse');
  const builds: string[] = [];
  const counted = async (deep: boolean): Promise<string> => {
    builds.length = 0;
    const found = await ensemble.detect({
      run: { deep },
      ports: ({ builder }) => ({
        builder: {
          ...builder,
          build: (request) => {
            builds.push(request.package.name);
            return builder.build(request);
          },
        },
      }),
    });
    return `${found['gigue']?.verdict ?? ''} after ${builds.length} builds`;
  };
  expect(await counted(false)).toBe('unchanged after 1 builds');
  expect(await counted(false)).toBe('unchanged after 0 builds');
  expect(await counted(true)).toBe('unchanged after 1 builds');
});
