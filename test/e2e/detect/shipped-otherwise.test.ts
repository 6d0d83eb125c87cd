import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { shownFiles } from '../publish/theatre.ts';
import { deskAt, openEnsemble, type Ensemble } from './ensemble.ts';

type Backend = NonNullable<PackageSpec['backend']>;

/** One package per backend, whose manifest says more than those of the testkit. `NAME` stands for the module. */
interface Part {
  readonly backend: Backend;
  /** Goes to the end of the manifest, or to the beginning of `[tool.poetry]`. */
  readonly more: string;
  readonly files?: Readonly<Record<string, string>>;
}

function moduleOf({ backend }: Part): string {
  return `part_${backend.replaceAll('-', '_')}`;
}

function nameOf(part: Part): string {
  return moduleOf(part).replaceAll('_', '-');
}

/** Everything of `parts` released once, with generated modules in place. */
async function released(parts: readonly Part[], bars: number | null): Promise<Ensemble> {
  const specs = parts.map((part): PackageSpec => ({
    name: nameOf(part),
    backend: part.backend,
    ...(part.files === undefined ? {} : { files: part.files }),
  }));
  const tree = { ...pythonWorkspace(specs), '.gitignore': '.nx/\n_generated.py\n' };
  const ensemble = await openEnsemble(tree, (root) => {
    for (const part of parts) saysMore(root, part);
    if (bars !== null) generate(root, parts, bars);
  });
  await ensemble.publish();
  return ensemble;
}

function saysMore(root: string, part: Part): void {
  const manifest = `packages/${nameOf(part)}/pyproject.toml`;
  const more = part.more.replaceAll('NAME', moduleOf(part));
  const text = readFileSync(join(root, manifest), 'utf8');
  const inTable = part.backend === 'poetry-core' && !more.startsWith('[');
  const wider = inTable ? text.replace('[tool.poetry]\n', `[tool.poetry]\n${more}`) : `${text}\n${more}`;
  deskAt(root).write(manifest, wider);
}

function generate(root: string, parts: readonly Part[], bars: number): void {
  for (const part of parts)
    deskAt(root).write(`packages/${nameOf(part)}/src/${moduleOf(part)}/_generated.py`, `BARS = ${bars}\n`);
}

async function reasonsIn(ensemble: Ensemble, parts: readonly Part[], deep = false): Promise<readonly unknown[]> {
  const found = await ensemble.detect({ run: { deep } });
  return parts.map((part) => found[nameOf(part)]?.reasons ?? found[nameOf(part)]?.verdict);
}

const GENERATED: readonly Part[] = [
  {
    backend: 'poetry-core',
    more: 'include = [{ path = "src/NAME/_generated.py", format = ["sdist", "wheel"] }]\n',
  },
  { backend: 'hatchling', more: '[tool.hatch.build]\nartifacts = ["_generated.py"]\n' },
  { backend: 'pdm-backend', more: '[tool.pdm.build]\nincludes = ["src/NAME/**/*.py"]\n' },
  { backend: 'setuptools', more: '[tool.setuptools.package-data]\nNAME = ["_generated.py"]\n' },
  { backend: 'flit', more: '[tool.nx-pypi]\ninclude = ["src/NAME/_generated.py"]\n' },
  { backend: 'uv_build', more: '[tool.nx-pypi]\ninclude = ["src/NAME/_generated.py"]\n' },
];

it('D1: a generated module that git ignores ships, and is seen when it changes, with every backend', async () => {
  const ensemble = await released(GENERATED, 8);
  expect(await reasonsIn(ensemble, GENERATED)).toEqual(GENERATED.map(() => 'unchanged'));
  generate(ensemble.root, GENERATED, 16);
  expect(await reasonsIn(ensemble, GENERATED)).toEqual(
    GENERATED.map((part) => [`${moduleOf(part)}/_generated.py modified`]),
  );
});

const HOOK = `from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Platform(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
`;

const PLATFORM: readonly Part[] = [
  {
    backend: 'poetry-core',
    more: '[tool.poetry.build]\nscript = "build.py"\ngenerate-setup-file = false\n',
    files: { 'build.py': 'print("nothing to compile")\n' },
  },
  {
    backend: 'hatchling',
    more: '[tool.hatch.build.targets.wheel.hooks.custom]\n',
    files: { 'hatch_build.py': HOOK },
  },
  { backend: 'pdm-backend', more: '[tool.pdm.build]\nis-purelib = false\n' },
];

it('D4: of platform wheels the sdists are compared, whatever the backend', async () => {
  const ensemble = await released(PLATFORM, null);
  for (const part of PLATFORM) {
    const wheel = (await shownFiles(ensemble.registry, nameOf(part))).find((file) => file.endsWith('.whl'));
    expect(wheel).toMatch(/-1\.0\.0-.*(?:linux|macosx|win).*\.whl$/);
  }
  expect(await reasonsIn(ensemble, PLATFORM, true)).toEqual(PLATFORM.map(() => 'unchanged'));
  for (const part of PLATFORM)
    deskAt(ensemble.root).edit(`packages/${nameOf(part)}/src/${moduleOf(part)}/__init__.py`, 'NAME', 'TITLE');
  await ensemble.commit('Revise');
  expect(await reasonsIn(ensemble, PLATFORM)).toEqual(
    PLATFORM.map((part) => [`src/${moduleOf(part)}/__init__.py modified`]),
  );
});

/** What lies in `shared` of the workspace, and ships with both; other backends take no file from outside of their folder. */
const OUTSIDE: readonly Part[] = [
  {
    backend: 'setuptools',
    more: '[tool.setuptools]\npackages = ["NAME", "NAME.scales"]\n\n[tool.setuptools.package-dir]\n"" = "src"\n"NAME.scales" = "../../shared/scales"\n',
  },
  {
    backend: 'hatchling',
    more: '[tool.hatch.build.targets.wheel]\npackages = ["src/NAME"]\n\n[tool.hatch.build.targets.wheel.force-include]\n"../../shared/scales" = "NAME/scales"\n',
  },
];

it('D1: a folder outside of the package that is shipped with it counts', async () => {
  const ensemble = await openEnsemble({}, (root) => {
    deskAt(root).write('shared/scales/__init__.py', 'NOTES = 7\n');
  });
  for (const part of OUTSIDE) {
    for (const [path, text] of Object.entries(pythonWorkspace([{ name: nameOf(part), backend: part.backend }])))
      deskAt(ensemble.root).write(path, text);
    saysMore(ensemble.root, part);
  }
  await ensemble.commit('Compose');
  await ensemble.publish();
  expect(await reasonsIn(ensemble, OUTSIDE, true)).toEqual(OUTSIDE.map(() => 'unchanged'));
  deskAt(ensemble.root).write('shared/scales/__init__.py', 'NOTES = 12\n');
  await ensemble.commit('Temper');
  expect(await reasonsIn(ensemble, OUTSIDE)).toEqual(
    OUTSIDE.map((part) => [`${moduleOf(part)}/scales/__init__.py modified`]),
  );
});
