import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskAt, openEnsemble, type Desk, type Finding } from './ensemble.ts';

type Backend = NonNullable<PackageSpec['backend']>;

/** One package, what is done to it after its release, and what the next run must find. */
interface Case {
  readonly title: string;
  readonly spec?: Partial<PackageSpec>;
  readonly before?: (desk: Desk, at: Place) => void;
  readonly after: (desk: Desk, at: Place) => void;
  readonly found: (at: Place) => Partial<Finding>;
}

interface Place {
  readonly folder: string;
  readonly module: string;
  /** Folder of the module in the workspace. */
  readonly source: string;
  readonly backend: Backend;
}

function changed(...reasons: readonly string[]): Partial<Finding> {
  return { verdict: 'changed', reasons };
}

const README = { 'README.md': '# A piece\n\nFor strings.\n' };

const cases: Readonly<Record<string, Case>> = {
  untouched: { title: 'nothing', after: () => {}, found: () => ({ verdict: 'unchanged', by: 'digest' }) },
  edited: {
    title: 'an edit in source',
    after: (desk, { source }) => desk.edit(`${source}/__init__.py`, 'NAME', 'TITLE'),
    found: ({ module }) => changed(`${module}/__init__.py modified`),
  },
  rehearsed: {
    title: 'an edit in tests, which are not shipped',
    spec: { files: { 'tests/test_piece.py': 'def test_piece():\n    assert True\n' } },
    after: (desk, { folder }) => desk.edit(`${folder}/tests/test_piece.py`, 'True', '1 == 1'),
    found: () => ({ verdict: 'unchanged', by: 'comparison' }),
  },
  longer: {
    title: 'a file added',
    after: (desk, { source }) => desk.write(`${source}/coda.py`, 'BARS = 8\n'),
    found: ({ module }) => changed(`${module}/coda.py added`),
  },
  shorter: {
    title: 'a file removed',
    before: (desk, { source }) => desk.write(`${source}/coda.py`, 'BARS = 8\n'),
    after: (desk, { source }) => desk.remove(`${source}/coda.py`),
    found: ({ module }) => changed(`${module}/coda.py removed`),
  },
  renamed: {
    title: 'a file renamed',
    before: (desk, { source }) => desk.write(`${source}/coda.py`, 'BARS = 8\n'),
    after: (desk, { source }) => desk.rename(`${source}/coda.py`, `${source}/finale.py`),
    found: ({ module }) => changed(`${module}/finale.py added and 1 more`),
  },
  executable: {
    title: 'a file made executable: a change where the backend ships the bit',
    before: (desk, { source }) => desk.write(`${source}/play.py`, 'print("la")\n'),
    after: (desk, { source }) => desk.chmod(`${source}/play.py`, 0o755),
    found: ({ module, backend }) =>
      KEEPS_MODES.has(backend) ? changed(`${module}/play.py modified`) : { verdict: 'unchanged', by: 'comparison' },
  },
  explained: {
    title: 'an edit in the readme, which is metadata',
    after: (desk, { folder }) => desk.edit(`${folder}/README.md`, 'strings', 'strings and brass'),
    found: () => changed('metadata: Description'),
  },
  needier: {
    title: 'a dependency added',
    spec: { dependencies: ['idna>=3'] },
    after: (desk, { folder, backend }) =>
      backend === 'poetry-core'
        ? desk.edit(`${folder}/pyproject.toml`, 'idna = ">=3"', 'idna = ">=3"\nattrs = ">=22"')
        : desk.edit(`${folder}/pyproject.toml`, '["idna>=3"]', '["idna>=3", "attrs>=22"]'),
    found: () => changed('metadata: Requires-Dist'),
  },
  stricter: {
    title: 'the range of a dependency of this workspace',
    spec: { dependencies: ['untouched>=1.0'] },
    after: (desk, { folder }) => desk.edit(`${folder}/pyproject.toml`, '>=1.0"', '>=1.0,<5"'),
    found: () => ({ plan: '1.0.1: untouched >=1.0 → >=1.0,<5' }),
  },
  renumbered: {
    title: 'the version alone, to one below the registry',
    after: (desk, { folder }) => desk.edit(`${folder}/pyproject.toml`, 'version = "1.0.0"', 'version = "0.9.0"'),
    found: () => ({ verdict: 'unchanged', by: 'digest' }),
  },
  linked: {
    title: "the target of a package's symlink",
    before: (desk, { source }) => {
      desk.write('shared/scale.py', 'NOTES = 7\n');
      desk.link(`${source}/scale.py`, '../../../../shared/scale.py');
    },
    after: (desk) => desk.write('shared/scale.py', 'NOTES = 12\n'),
    found: ({ module }) => changed(`${module}/scale.py modified`),
  },
};

/** Which backends ship a file's executable bit; the others write one mode for all. */
const KEEPS_MODES: ReadonlySet<Backend> = new Set(['hatchling', 'poetry-core', 'flit', 'pdm-backend', 'uv_build']);

const backends: readonly Backend[] = ['poetry-core', 'hatchling', 'setuptools', 'flit', 'pdm-backend', 'uv_build'];

describe.each(backends)('D1 to D5 with %s: what the next run finds of', (backend) => {
  const endings: (() => Promise<unknown>)[] = [];
  let found: Readonly<Record<string, Finding>> = {};

  function placeOf(name: string): Place {
    const folder = `packages/${name}`;
    return { folder, module: name, source: `${folder}/src/${name}`, backend };
  }

  beforeAll(async () => {
    const specs = Object.entries(cases).map(([name, { spec }]): PackageSpec => ({
      name,
      backend,
      ...spec,
      files: { ...README, ...spec?.files },
    }));
    const ensemble = await openEnsemble(
      pythonWorkspace(specs),
      (root) => {
        const desk = deskAt(root);
        for (const [name, { before }] of Object.entries(cases)) {
          desk.edit(`packages/${name}/pyproject.toml`, '\ndescription', '\nreadme = "README.md"\ndescription');
          before?.(desk, placeOf(name));
        }
      },
      { onTestFinished: (end: () => Promise<void>) => void endings.push(end) },
    );
    await ensemble.publish();
    const desk = deskAt(ensemble.root);
    for (const [name, { after }] of Object.entries(cases)) after(desk, placeOf(name));
    await ensemble.commit('Revise');
    found = await ensemble.detect();
  });

  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });

  it.each(Object.entries(cases).map(([name, one]) => ({ name, ...one })))('$title', ({ name, found: expected }) => {
    expect(found[name]).toMatchObject(expected(placeOf(name)));
  });
});
