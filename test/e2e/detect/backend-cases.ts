import type { PackageSpec } from '@nx-pypi/testkit';
import type { Desk, Finding } from './ensemble.ts';

export type Backend = NonNullable<PackageSpec['backend']>;

export const backends: readonly Backend[] = [
  'poetry-core',
  'hatchling',
  'setuptools',
  'flit',
  'pdm-backend',
  'uv_build',
];

/** Of years ago, as the authors of packages had them. */
export const OLDER: readonly string[] = [
  'hatchling==1.21.0',
  'setuptools==65.7.0',
  'wheel==0.38.4',
  'poetry-core==1.5.2',
  'flit_core==3.9.0',
  'pdm-backend==2.1.0',
  'uv_build==0.7.2',
];

/** One package, what is done to it after its release, and what the next run must find. */
export interface Case {
  readonly title: string;
  readonly spec?: Partial<PackageSpec>;
  readonly before?: (desk: Desk, at: Place) => void;
  readonly after: (desk: Desk, at: Place) => void;
  readonly found: (at: Place) => Partial<Finding>;
}

export interface Place {
  readonly folder: string;
  readonly module: string;
  /** Folder of the module in the workspace. */
  readonly source: string;
  readonly backend: Backend;
}

function changed(...reasons: readonly string[]): Partial<Finding> {
  return { verdict: 'changed', reasons };
}

export const cases: Readonly<Record<string, Case>> = {
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
    title: 'the version alone, where the backend reads it from, to one below the registry',
    before: (desk, { folder, source, backend }) => {
      const table = VERSION_IN_MODULE.get(backend);
      if (table === undefined) return;
      desk.edit(`${folder}/pyproject.toml`, 'version = "1.0.0"', 'dynamic = ["version"]');
      desk.append(`${folder}/pyproject.toml`, table);
      desk.write(`${source}/__init__.py`, '"""A piece."""\n\n__version__ = "1.0.0"\n');
    },
    after: (desk, { folder, source, backend }) => {
      const file = VERSION_IN_MODULE.has(backend) ? `${source}/__init__.py` : `${folder}/pyproject.toml`;
      desk.edit(file, '"1.0.0"', '"0.9.0"');
    },
    found: () => ({ verdict: 'unchanged', by: 'digest', plan: 'kept 1.0.0' }),
  },
  respelled: {
    title: 'the version alone, to an equal one by PEP 440 (E1)',
    after: (desk, { folder }) => desk.edit(`${folder}/pyproject.toml`, 'version = "1.0.0"', 'version = "1.0"'),
    found: () => ({ verdict: 'unchanged', by: 'digest', plan: 'kept 1.0.0' }),
  },
  raised: {
    title: 'the version alone, to one above the registry: released as it stands (E1)',
    after: (desk, { folder }) => desk.edit(`${folder}/pyproject.toml`, 'version = "1.0.0"', 'version = "1.4.0"'),
    found: () => ({ verdict: 'ahead', plan: '1.4.0: manifest says 1.4.0, registry has 1.0.0' }),
  },
  lowered: {
    title: 'a version below the registry and an edit: the next one after the baseline (E1)',
    after: (desk, { folder, source }) => {
      desk.edit(`${folder}/pyproject.toml`, 'version = "1.0.0"', 'version = "0.9.0"');
      desk.edit(`${source}/__init__.py`, 'NAME', 'TITLE');
    },
    found: ({ module }) => ({ verdict: 'changed', plan: `1.0.1: ${module}/__init__.py modified` }),
  },
  candidate: {
    title: 'nothing, where a release candidate is the baseline (C2)',
    spec: { version: '1.0.0rc1' },
    after: () => {},
    found: () => ({ verdict: 'unchanged', by: 'digest', plan: 'kept 1.0.0rc1' }),
  },
  rewritten: {
    title: 'an edit, where a release candidate is the baseline (C2)',
    spec: { version: '1.0.0rc1' },
    after: (desk, { source }) => desk.edit(`${source}/__init__.py`, 'NAME', 'TITLE'),
    found: ({ module }) => ({ verdict: 'changed', plan: `1.0.0rc2: ${module}/__init__.py modified` }),
  },
  waltz: {
    title: 'its name, swapped with that of another package',
    after: (desk, at) => rename(desk, at, 'polka'),
    found: ({ module }) => changed(`${module}/__init__.py modified`, 'metadata: Summary'),
  },
  polka: {
    title: 'the name of that other one',
    after: (desk, at) => rename(desk, at, 'waltz'),
    found: ({ module }) => changed(`${module}/__init__.py modified`, 'metadata: Summary'),
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

/** What lets a backend read the version from the module `renumbered`; the others read it from nowhere but the manifest. */
const VERSION_IN_MODULE: ReadonlyMap<Backend, string> = new Map<Backend, string>([
  ['hatchling', '\n[tool.hatch.version]\npath = "src/renumbered/__init__.py"\n'],
  ['setuptools', '\n[tool.setuptools.dynamic]\nversion = { attr = "renumbered.__version__" }\n'],
  ['flit', ''],
  ['pdm-backend', '\n[tool.pdm.version]\nsource = "file"\npath = "src/renumbered/__init__.py"\n'],
]);

/** Gives the package another's name, and its module too. */
function rename(desk: Desk, { folder, module, backend }: Place, name: string): void {
  const tables = backend === 'flit' ? ['[project]\n', '[tool.flit.module]\n'] : [''];
  for (const table of tables)
    desk.edit(`${folder}/pyproject.toml`, `${table}name = "${module}"`, `${table}name = "${name}"`);
  desk.rename(`${folder}/src/${module}`, `${folder}/src/${name}`);
}

/** Which backends ship a file's executable bit; the others write one mode for all. */
const KEEPS_MODES: ReadonlySet<Backend> = new Set(['hatchling', 'poetry-core', 'flit', 'pdm-backend', 'uv_build']);
