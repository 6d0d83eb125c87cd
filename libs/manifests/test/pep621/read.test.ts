import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/index.ts';
import { discover, onlyPackage } from '../reader-of.ts';

const HEAD = '[project]\nname = "Concert.Tuba"\nversion = "1.2.3"\n';
const BUILD = '[build-system]\nrequires = ["hatchling>=1.20"]\nbuild-backend = "hatchling.build"\n';

function declarations(body: string, others: Readonly<Record<string, string>> = {}): readonly Declaration[] {
  const files = { 'brass/tuba/pyproject.toml': HEAD + body, ...others };
  return discover(files).packages.find(({ path }) => path === 'brass/tuba')?.declarations ?? [];
}

describe('[project]', () => {
  it('names the package and how it is built', () => {
    const text = `${HEAD}description = "low"\nrequires-python = ">=3.9"\nclassifiers = ["Private :: x"]\n${BUILD}backend-path = ["."]\n[tool.nx-pypi]\npublish = false\ninclude = ["gen/**"]\nlevel = "minor"\n`;
    expect(onlyPackage({ 'brass/tuba/pyproject.toml': text })).toMatchObject({
      path: 'brass/tuba',
      name: 'Concert.Tuba',
      normalizedName: 'concert-tuba',
      version: {
        kind: 'static',
        text: '1.2.3',
        spots: [{ kind: 'toml', file: 'brass/tuba/pyproject.toml', keys: ['project', 'version'] }],
      },
      backend: 'hatchling.build',
      buildRequires: ['hatchling>=1.20'],
      backendPath: ['.'],
      requiresPython: '>=3.9',
      description: 'low',
      classifiers: ['Private :: x'],
      settings: { publish: false, include: ['gen/**'], level: 'minor' },
    });
  });

  it('falls back to what PEP 517 says where there is no build system', () => {
    expect(onlyPackage({ 'pyproject.toml': HEAD })).toMatchObject({
      backend: 'setuptools.build_meta:__legacy__',
      buildRequires: ['setuptools'],
    });
  });

  it('has an unreadable version where it neither states one nor calls it dynamic', () => {
    expect(onlyPackage({ 'pyproject.toml': '[project]\nname = "tuba"\n' }).version).toEqual({
      kind: 'unreadable',
      reason: '[project] has neither a version nor lists it in dynamic',
    });
  });
});

describe('declarations', () => {
  it('are found in every list, each with its spot', () => {
    const body = `dependencies = ["horn ~= 1.12 ; os_name == 'nt'", "drum[big,loud]"]
[project.optional-dependencies]
choir = ["alto (>=1,<2)"]
[dependency-groups]
test = ["stand", { include-group = "Light.ing" }]
light-ing = ["lamp>=1"]
[tool.uv]
dev-dependencies = ["baton"]
[tool.pdm.dev-dependencies]
lint = ["chalk==1.*"]
${BUILD}`;
    expect(declarations(body)).toMatchObject([
      {
        kind: 'runtime',
        group: null,
        name: 'horn',
        written: "horn ~= 1.12 ; os_name == 'nt'",
        specifier: '~=1.12',
        marker: "os_name == 'nt'",
        spot: { kind: 'toml', keys: ['project', 'dependencies', 0] },
      },
      { kind: 'runtime', name: 'drum', extras: ['big', 'loud'], specifier: '', source: { kind: 'index' } },
      { kind: 'extra', group: 'choir', name: 'alto', specifier: '>=1,<2' },
      { kind: 'build', group: null, name: 'hatchling', specifier: '>=1.20' },
      { kind: 'group', group: 'test', name: 'stand' },
      { kind: 'group', group: 'test', name: 'lamp', spot: { keys: ['dependency-groups', 'light-ing', 0] } },
      { kind: 'group', group: 'light-ing', name: 'lamp' },
      { kind: 'group', group: 'dev', name: 'baton' },
      { kind: 'group', group: 'lint', name: 'chalk', specifier: '==1.*' },
    ]);
  });

  it('tell where uv takes them from, in the package and behind it in the workspace root', () => {
    const root =
      '[tool.uv.workspace]\nmembers = ["brass/*"]\n[tool.uv.sources]\nhorn = { workspace = true }\ndrum = { path = "drums" }\nharp = { index = "hall" }\n';
    const body = `dependencies = ["horn>=1", "drum", "lute", "harp"]\n[tool.uv.sources]\nlute = [{ git = "https://hall.example/l", marker = "os_name == 'nt'" }, { path = "../lute" }]\n`;
    expect(
      declarations(body, { 'pyproject.toml': root }).map(({ name, source, directReference }) => ({
        name,
        source,
        directReference,
      })),
    ).toEqual([
      { name: 'horn', source: { kind: 'workspace' }, directReference: false },
      { name: 'drum', source: { kind: 'path', path: 'drums' }, directReference: false },
      { name: 'lute', source: { kind: 'path', path: 'brass/lute' }, directReference: false },
      { name: 'harp', source: { kind: 'index' }, directReference: false },
    ]);
  });

  it.each([
    ['file:../horn', { kind: 'path', path: 'brass/horn' }],
    ['file:///srv/horn', { kind: 'path', path: null }],
    ['file:///${PROJECT_ROOT}/../horn', { kind: 'path', path: 'brass/horn' }],
    ['file://${PROJECT_ROOT}/parts/horn', { kind: 'path', path: 'brass/tuba/parts/horn' }],
    ['{root:uri}/parts/horn', { kind: 'path', path: 'brass/tuba/parts/horn' }],
    ['{root:parent:uri}/french%20horn', { kind: 'path', path: 'brass/french horn' }],
    ['{root:parent:parent:uri}/wood/horn', { kind: 'path', path: 'wood/horn' }],
    ['{root:parent:parent:parent:uri}/horn', { kind: 'path', path: null }],
    ['https://hall.example/horn.whl', { kind: 'url', url: 'https://hall.example/horn.whl' }],
    ['git+https://hall.example/horn@v1', { kind: 'url', url: 'git+https://hall.example/horn@v1' }],
  ])('that are direct references to %s', (url, source) => {
    expect(declarations(`dependencies = ["horn @ ${url}"]`)).toMatchObject([
      { specifier: '', directReference: true, source },
    ]);
  });

  it('read the editable requirements of PDM', () => {
    const body = '[tool.pdm.dev-dependencies]\nstage = ["-e file:///${PROJECT_ROOT}/../horn#egg=French.Horn[mute]"]\n';
    expect(declarations(body)).toMatchObject([
      {
        normalizedName: 'french-horn',
        extras: ['mute'],
        directReference: true,
        source: { kind: 'path', path: 'brass/horn' },
      },
    ]);
  });

  it('are read from the requirement files of setuptools, where they stand', () => {
    const body =
      'dynamic = ["dependencies", "optional-dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = "needs.txt" }\noptional-dependencies.loud = { file = ["loud.txt"] }\n';
    const needs = '# all\n  horn >=1  # brass\n\ndrum @ https://hall.example/d.whl#sha256=0\n-r other.txt\n';
    const found = declarations(body, { 'brass/tuba/needs.txt': needs, 'brass/tuba/loud.txt': '\uFEFFgong\r\n' });
    expect(found).toMatchObject([
      {
        kind: 'runtime',
        name: 'horn',
        specifier: '>=1',
        spot: { kind: 'span', file: 'brass/tuba/needs.txt', text: 'horn >=1' },
      },
      { kind: 'runtime', name: 'drum', source: { kind: 'url', url: 'https://hall.example/d.whl#sha256=0' } },
      { kind: 'extra', group: 'loud', name: 'gong' },
    ]);
    for (const { spot } of found) {
      const text = spot.kind === 'span' ? spot.text : '';
      const content = spot.file.endsWith('needs.txt') ? needs : '\uFEFFgong\r\n';
      expect(spot.kind === 'span' && content.slice(spot.start, spot.end)).toBe(text);
    }
  });

  it('are read from setup.cfg where setuptools finds them there', () => {
    const body =
      'dynamic = ["dependencies"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
    const cfg = '[options]\ninstall_requires =\n    horn>=1\n';
    expect(declarations(body, { 'brass/tuba/setup.cfg': cfg })).toMatchObject([
      { name: 'horn', spot: { kind: 'cfg' } },
      { kind: 'build' },
    ]);
  });
});

describe('dynamic dependencies in setup.py', () => {
  const body =
    'dynamic = ["dependencies", "optional-dependencies"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';

  it('are read where it can be told statically, before those of setup.cfg', () => {
    const files = {
      'brass/tuba/setup.py':
        'from setuptools import setup\nLOUD = ["gong>=2"]\nsetup(install_requires=["horn>=1", "drum"], extras_require={"loud": LOUD})\n',
      'brass/tuba/setup.cfg': '[options]\ninstall_requires =\n    lute\n',
    };
    expect(declarations(body, files)).toMatchObject([
      { kind: 'runtime', name: 'horn', specifier: '>=1', spot: { kind: 'span', file: 'brass/tuba/setup.py' } },
      { kind: 'runtime', name: 'drum' },
      { kind: 'extra', group: 'loud', name: 'gong' },
      { kind: 'build', name: 'setuptools' },
    ]);
  });

  it('are a problem with file and line where it computes them', () => {
    const script = 'import os\nfrom setuptools import setup\nsetup(install_requires=[os.environ["NEEDS"]])\n';
    const { packages, problems } = discover({ 'pyproject.toml': HEAD + body, 'setup.py': script });
    expect(packages).toHaveLength(1);
    expect(problems[0]?.where).toBe('setup.py:3');
  });
});

describe('problems of declarations leave the package and the other declarations', () => {
  it.each([
    ['NXPYPI_DYNAMIC_DEPENDENCIES', `dynamic = ["dependencies"]\n${BUILD}`],
    ['NXPYPI_BAD_REQUIREMENT', 'dependencies = ["horn ==> 1"]\n'],
    ['NXPYPI_BAD_DEPENDENCY_GROUP', '[dependency-groups]\na = [{ include-group = "b" }]\n'],
    [
      'NXPYPI_REQUIREMENT_FILE_MISSING',
      'dynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = "x.txt" }\n',
    ],
  ])('%s', (code, body) => {
    const { packages, problems } = discover({ 'pyproject.toml': HEAD + body });
    expect(packages).toHaveLength(1);
    expect(problems).toMatchObject([{ code }]);
  });

  it('a group that includes itself is reported once a group, and ends', () => {
    const body = '[dependency-groups]\na = ["x", { include-group = "b" }]\nb = [{ include-group = "a" }]\n';
    const { packages, problems } = discover({ 'pyproject.toml': HEAD + body });
    expect(packages[0]?.declarations).toMatchObject([
      { group: 'a', name: 'x' },
      { group: 'b', name: 'x' },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['NXPYPI_BAD_DEPENDENCY_GROUP', 'NXPYPI_BAD_DEPENDENCY_GROUP']);
  });
});
