import { array, assert, constantFrom, integer, property, string, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../src/excerpt/excerpt.ts';
import { discoverPackages, type PythonPackage } from '../../src/index.ts';
import { readToml } from '../../src/toml/read-toml.ts';
import { readerOf, type Files } from '../reader-of.ts';

const NEIGHBOURS: Files = {
  'horn/pyproject.toml': '[project]\nname = "horn"\nversion = "1"\n',
  'lute/pyproject.toml':
    '[tool.poetry]\nname = "Lute"\nversion = "2"\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n',
};

/** What the graph is told of the tuba, and what it would be told by a whole reading. */
function bothReadings(manifest: string): readonly [PythonPackage | undefined, PythonPackage | undefined] {
  const files: Files = { ...NEIGHBOURS, 'tuba/pyproject.toml': manifest };
  const [internal, all] = (['internal', 'all'] as const).map((scope) =>
    discoverPackages(Object.keys(files), readerOf(files), scope).packages.find(({ path }) => path === 'tuba'),
  );
  const names = new Set(['horn', 'lute', 'tuba']);
  const declarations = all?.declarations.filter(({ normalizedName }) => names.has(normalizedName)) ?? [];
  return [internal, all === undefined ? undefined : { ...all, declarations }];
}

const PROJECT = '[project]\nname = "tuba"\nversion = "1.2"\n';
const POETRY = '[tool.poetry]\nname = "tuba"\nversion = "1.2"\ndescription = "low"\n';
const BUILD = '[build-system]\nrequires = ["poetry-core>=1", "horn>=0.1"]\nbuild-backend = "poetry.core.masonry.api"\n';

const MANIFESTS: readonly (readonly [string, string])[] = [
  ['a list', `${PROJECT}dependencies = ["horn>=1,<2", "httpx"]\n`],
  [
    'a list of many lines with comments',
    `${PROJECT}dependencies = [\n  # brass\n  'httpx', # "horn"\n  "horn[mute] ; python_version < \\"3.11\\"",\n]\n`,
  ],
  ['CRLF', `${PROJECT}dependencies = [\n "horn",\n]\n[dependency-groups]\ndev = ["lute"]\n`.replaceAll('\n', '\r\n')],
  ['a byte order mark and a comment above', `\uFEFF# brass\n\n${PROJECT}dependencies = ["lute"]\n`],
  ['no final newline', `${PROJECT}dependencies = ["lute"]`],
  [
    'extras and groups',
    `${PROJECT}[project.optional-dependencies]\nloud = ["horn"]\nsoft = ["pip"]\n[dependency-groups]\ndev = ["pytest", {include-group = "hall"}]\nhall = ["lute>=1"]\n`,
  ],
  ['a build requirement', `${PROJECT}${BUILD.replace('poetry.core.masonry.api', 'tools')}`],
  [
    'sources of uv',
    `${PROJECT}dependencies = ["horn", "lute"]\n[tool.uv.sources]\nhorn = { workspace = true }\nlute = { path = "../lute" }\n`,
  ],
  ['settings of uv', `${PROJECT}[tool.uv]\npackage = false\ndev-dependencies = ["horn"]\n`],
  [
    'groups of pdm',
    `${PROJECT}[tool.pdm.dev-dependencies]\nhall = ["-e file:///\${PROJECT_ROOT}/../horn#egg=horn", "lute"]\n`,
  ],
  ['settings of nx-pypi', `${PROJECT}[tool.nx-pypi]\npublish = false\nlevel = "minor"\n`],
  [
    'settings of linters',
    `${PROJECT}dependencies = ["horn"]\n[tool.ruff]\nselect = [\n["odd"],\n]\n[[tool.mypy.overrides]]\nmodule = "x"\n[tool.pytest.ini_options]\nx = 1\n`,
  ],
  [
    'strings of many lines',
    `${PROJECT}dependencies = ["horn"]\n[tool.black]\nexclude = '''\n[project]\nname = "trap"\n'''\n`,
  ],
  [
    'a table in an array',
    `${PROJECT}authors = [{ name = "A [b]", email = "a@b" }]\ndependencies = ["horn"]\nurls.home = "x"\n`,
  ],
  ['an inline table', `project = { name = "tuba", version = "1", dependencies = ["horn"] }\n`],
  ['quoted headers', `["project"]\nname = "tuba"\nversion = "1"\n[project."optional-dependencies"]\nx = ["horn"]\n`],
  ['spaced headers', `[ project ]\nname = "tuba"\nversion = "1"\ndependencies = ["horn"]\n`],
  ['indented headers', `[tool.x]\n  [project]\n  name = "tuba"\n  version = "1"\n  dependencies = ["horn"]\n`],
  ['dotted keys', `[project]\nname = "tuba"\nversion = "1"\noptional-dependencies.x = ["horn"]\n`],
  ['escapes', `[project]\nname = "tub\\u0061"\nversion = "1"\ndescription = "a\\tb"\ndependencies = ["hor\\u006e"]\n`],
  [
    'a dynamic version',
    `[project]\nname = "tuba"\ndynamic = ["version"]\ndependencies = ["horn"]\n[tool.pdm.version]\nsource = "scm"\n[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n[tool.ruff]\nx = 1\n`,
  ],
  ['no version', '[project]\nname = "tuba"\n'],
  ['no name', '[project]\nversion = "1"\n[build-system]\n'],
  [
    'Poetry',
    `${POETRY}[tool.poetry.dependencies]\npython = "^3.9"\nhorn = { path = "../horn", develop = true }\nhttpx = "^1"\n"lute" = "^2"\n${BUILD}`,
  ],
  [
    'groups of Poetry',
    `${POETRY}[tool.poetry.dev-dependencies]\nhorn = "*"\n[tool.poetry.group.b.dependencies]\nlute = { version = "^1", extras = ["gut"] }\n[tool.poetry.group.a.dependencies]\nhorn = ">=1"\n${BUILD}`,
  ],
  [
    'an optional group of Poetry',
    `${POETRY}[tool.poetry.group.b]\noptional = true\n[tool.poetry.group.b.dependencies]\nlute = "^1"\n${BUILD}`,
  ],
  [
    'extras of Poetry',
    `${POETRY}[tool.poetry.dependencies]\nhorn = { version = "^1", optional = true }\nlute = { version = "^1", optional = true, python = "<3.9" }\n[tool.poetry.extras]\nloud = ["horn"]\n${BUILD}`,
  ],
  [
    'a dependency with a table of its own',
    `${POETRY}[tool.poetry.dependencies.horn]\nversion = "^1"\nmarkers = "os_name == 'nt'"\n${BUILD}`,
  ],
  [
    'alternatives',
    `${POETRY}[tool.poetry.dependencies]\nhorn = [{ version = "^1", python = "<3.9" }, { version = "^2", python = ">=3.9" }]\n${BUILD}`,
  ],
  ['no package mode', `${POETRY}package-mode = false\n${BUILD}`],
  [
    'Poetry beside [project]',
    `${PROJECT}dependencies = ["lute"]\n[tool.poetry.dependencies]\nlute = { path = "../lute" }\n${BUILD}`,
  ],
  ['Poetry without a build system', `${POETRY}[tool.poetry.urls]\nx = "y"\n[tool.poetry.dependencies]\nhorn = "^1"\n`],
  ['Poetry left behind', `${POETRY}[build-system]\nbuild-backend = "hatchling.build"\n`],
  ['extras of a [project] that is not there', `[project.optional-dependencies]\nloud = ["horn"]\n${POETRY}${BUILD}`],
  ['its links left behind', `${PROJECT}[tool.poetry.urls]\nx = "y"\n${BUILD}`],
  ['the root of a workspace', '[tool.uv.workspace]\nmembers = ["a"]\n[tool.uv.sources]\nhorn = { workspace = true }\n'],
];

describe('the excerpt that the graph reads', () => {
  it.each(MANIFESTS)('says of its package what the whole says: %s', (_case, manifest) => {
    const [excerpt, whole] = bothReadings(manifest);
    expect(excerpt).toEqual(whole);
  });

  it('leaves the same problems for what is no TOML', () => {
    for (const wrong of [
      `${PROJECT}version = "2"\n`,
      `${PROJECT}dependencies = ["horn"\n`,
      `${PROJECT}[project]\n`,
      '[project\n',
      'x',
    ]) {
      expect(excerptOf(wrong), wrong).toBeNull();
    }
  });

  it('passes over what is wrong with a linter', () => {
    expect(excerptOf(`${PROJECT}[tool.ruff]\nselect = = 1\n`)).not.toBeNull();
  });

  it('reads any arrangement of tables as the whole grammar does', () => {
    const parts = MANIFESTS.flatMap(([, manifest]) => manifest.split(/^(?=\[)/m));
    const noise = constantFrom(
      '',
      '\n',
      '# [project]\n',
      '  \t\n',
      '[tool.ruff]\nx = [ "[project]" ]\n',
      '[tool.x."[y]"]\n',
    );
    assert(
      property(subarray(parts, { maxLength: 5 }), array(noise, { maxLength: 5 }), (tables, between) => {
        const manifest = tables.map((table, index) => `${table}\n${between[index] ?? ''}`).join('');
        if (readToml(manifest).kind === 'error') return;
        const [excerpt, whole] = bothReadings(manifest);
        expect(excerpt).toEqual(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('is quick with any text', () => {
    const pieces = constantFrom(
      '[',
      ']',
      '"',
      '\\',
      ' ',
      '\t',
      '\n',
      'a = ',
      '[project]\n',
      'x = [',
      ',',
      '#',
      '{',
      '}',
      '""',
      "'",
    );
    assert(
      property(array(pieces, { maxLength: 40 }), integer({ min: 1, max: 400 }), string(), (some, times, end) => {
        excerptOf(`${PROJECT}${some.join('').repeat(times)}${end}`);
      }),
      { numRuns: 200 },
    );
  });
});
