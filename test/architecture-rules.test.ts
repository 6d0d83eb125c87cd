import { describe, expect, test } from 'vitest';
import { checkFiles, checkWords } from '../tools/source/file-rules.ts';
import { checkImports } from '../tools/source/import-rules.ts';
import { checkManifests, checkPublished } from '../tools/source/manifest-rules.ts';
import { readPackages, type Repository, type SourceFile, type Violation } from '../tools/source/repository.ts';

interface ManifestFields {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** package.json and tsconfig.json of one package; `references` are folders beside its own. */
function member(
  folder: string,
  name: string,
  fields: ManifestFields,
  references: readonly string[] = [],
): SourceFile[] {
  const project = { references: references.map((path) => ({ path })) };
  return [
    { path: `${folder}/package.json`, text: JSON.stringify({ name, ...fields }) },
    { path: `${folder}/tsconfig.json`, text: JSON.stringify(project) },
  ];
}

const manifests = member(
  'libs/manifests',
  '@nx-pypi/manifests',
  { dependencies: { '@nx-pypi/standards': '0.0.0', 'smol-toml': '1.9.1' } },
  ['../standards'],
);
const plugin = member(
  'packages/nx-pypi',
  'nx-pypi',
  {
    dependencies: { 'smol-toml': '1.9.1' },
    devDependencies: { '@nx-pypi/manifests': '0.0.0', '@nx-pypi/workspace': '0.0.0', nx: '24.0.6' },
    peerDependencies: { nx: '>=22' },
  },
  ['../../libs/manifests', '../../libs/workspace'],
);

/** A small copy of the repository in which every rule holds. */
const sound: readonly SourceFile[] = [
  { path: 'package.json', text: JSON.stringify({ name: 'root', devDependencies: { vitest: '4.1.12' } }) },
  ...member('libs/standards', '@nx-pypi/standards', {}),
  ...manifests,
  ...member('libs/workspace', '@nx-pypi/workspace', { dependencies: { '@nx-pypi/manifests': '0.0.0' } }, [
    '../manifests',
  ]),
  ...member('libs/registry-client', '@nx-pypi/registry-client', {}),
  ...member('libs/builder', '@nx-pypi/builder', {}),
  ...member('libs/testkit', '@nx-pypi/testkit', {}),
  ...member('packages/nx-pypi-registry', 'nx-pypi-registry', {}),
  ...plugin,
  {
    path: 'libs/manifests/src/index.ts',
    text: "import { parse } from 'smol-toml';\nimport { posix } from 'node:path/posix';\nexport { read } from './read.ts';",
  },
  {
    path: 'libs/manifests/src/read.ts',
    text: 'export const settings = { process: 1, Date: 2 };\nsettings.process += settings.Date;',
  },
  {
    path: 'libs/manifests/test/read.test.ts',
    text: "import { test } from 'vitest';\nimport { readFileSync } from 'node:fs';\nimport { folder } from '@nx-pypi/testkit';\nimport { read } from '../src/index.ts';",
  },
  {
    path: 'packages/nx-pypi/src/index.ts',
    text: "import type { Tree } from 'nx';\nimport { read } from '@nx-pypi/manifests';",
  },
  {
    path: 'test/e2e/demo.test.ts',
    text: "import { folder } from '@nx-pypi/testkit';\nimport { registry } from 'nx-pypi-registry';",
  },
];

/** Puts files into the sound repository; one of the same path replaces. */
function planted(...files: readonly SourceFile[]): Repository {
  const paths = new Set(files.map(({ path }) => path));
  const all = [...sound.filter(({ path }) => !paths.has(path)), ...files];
  return { files: all, packages: readPackages(all) };
}

function violations(repository: Repository): readonly string[] {
  const found: readonly Violation[] = [
    ...checkImports(repository),
    ...checkManifests(repository),
    ...checkPublished(repository),
    ...checkFiles(repository.files),
    ...checkWords(repository.files),
  ];
  return found.map(({ where, message }) => `${where} ${message}`);
}

/** A forbidden word, written in pieces so that this file does not hold it. */
function glued(...pieces: readonly string[]): string {
  return pieces.join('');
}

const pureFile = 'libs/manifests/src/toml.ts';

describe('a sound repository', () => {
  test('breaks no rule', () => {
    expect(violations(planted())).toEqual([]);
  });

  test('may hold in fixtures what its source may not', () => {
    const fixture = { path: 'libs/manifests/test/fixtures/utils.ts', text: "import '@nx-pypi/nothing';" };
    expect(checkImports(planted(fixture))).toEqual([]);
  });
});

describe('planted imports', () => {
  test.each([
    ['upwards', pureFile, "import { run } from '@nx-pypi/workspace';", 'may not know'],
    ['upwards, as a type', pureFile, "import type { Run } from '@nx-pypi/workspace';", 'may not know'],
    ['upwards, in a type position', pureFile, "export type Run = import('@nx-pypi/workspace').Run;", 'may not know'],
    ['upwards, dynamically', pureFile, "export const run = () => import('@nx-pypi/workspace');", 'may not know'],
    ['upwards, by re-export', pureFile, "export { run } from '@nx-pypi/workspace';", 'may not know'],
    ['upwards, all of it', pureFile, "export * from '@nx-pypi/workspace';", 'may not know'],
    [
      'upwards, from a test',
      'libs/manifests/test/toml.test.ts',
      "import { run } from '@nx-pypi/workspace';",
      'may not know',
    ],
    ['of a sibling', 'libs/builder/src/build.ts', "import { get } from '@nx-pypi/registry-client';", 'may not know'],
    [
      'of the other sibling',
      'libs/registry-client/src/get.ts',
      "import { build } from '@nx-pypi/builder';",
      'may not know',
    ],
    [
      'of a lib in the registry',
      'packages/nx-pypi-registry/src/serve.ts',
      "import { v } from '@nx-pypi/standards';",
      'may not know',
    ],
    [
      'of the testkit in source',
      'packages/nx-pypi/src/run.ts',
      "import { folder } from '@nx-pypi/testkit';",
      'may not know',
    ],
    ['of the plugin by a lib', 'libs/builder/src/build.ts', "import { plugin } from 'nx-pypi';", 'may not know'],
    ['of the file system in pure code', pureFile, "import { readFileSync } from 'node:fs';", 'is pure'],
    ['of paths of this machine in pure code', pureFile, "import { sep } from 'node:path';", 'is pure'],
    [
      'of a builtin without its prefix',
      'libs/workspace/src/read.ts',
      "import { readFileSync } from 'fs';",
      'without node:',
    ],
    [
      'out of the package',
      'libs/workspace/src/read.ts',
      "import { p } from '../../manifests/src/index.ts';",
      'lies outside',
    ],
    ['out of the repository', 'tools/run.ts', "import { p } from '../../elsewhere/index.ts';", 'lies outside'],
    [
      'of a test by source',
      'libs/workspace/src/read.ts',
      "import { p } from '../test/folders.ts';",
      'source imports source only',
    ],
    [
      'of a deep path',
      'packages/nx-pypi/src/run.ts',
      "import { p } from '@nx-pypi/manifests/src/toml.ts';",
      'by their name alone',
    ],
    ['of an undeclared package', 'libs/workspace/src/read.ts', "import pLimit from 'p-limit';", 'does not declare'],
    [
      'of an undeclared own lib',
      'libs/workspace/src/read.ts',
      "import { v } from '@nx-pypi/standards';",
      'does not declare',
    ],
    ['of a root tool by source', 'libs/workspace/src/read.ts', "import { test } from 'vitest';", 'does not declare'],
    [
      'of an undeclared package by a test',
      'libs/workspace/test/read.test.ts',
      "import sinon from 'sinon';",
      'does not declare',
    ],
    ['by require', 'libs/workspace/src/read.ts', "const sinon = require('sinon');", 'does not declare'],
    ['for side effects', 'packages/nx-pypi/src/run.ts', "import './patch.ts';", 'side effects only'],
    ['in a file that does not parse', pureFile, 'import { from;', 'does not parse'],
  ])('%s', (_name, path, text, message) => {
    expect(violations(planted({ path, text }))).toEqual([expect.stringContaining(message)]);
  });
});

describe('planted globals in a pure lib', () => {
  test.each([
    ['the clock', 'export const now = (): number => Date.now();', 'Date'],
    ['the clock as a type', 'export type When = Date;', 'Date'],
    ['the environment', 'export const home = process.env.HOME;', 'process'],
    ['the environment, unpacked', 'export const { env } = process;', 'process'],
    ['the environment as shorthand', 'export const world = { process };', 'process'],
    ['the network', 'export const get = fetch;', 'fetch'],
    ['a timer', 'setTimeout(() => undefined, 1);', 'setTimeout'],
    ['the console', "console['log']('tuning');", 'console'],
    ['bytes of Node', "export const bytes = Buffer.from('oboe');", 'Buffer'],
    ['a way around', 'export const world = globalThis;', 'globalThis'],
    ['a computed key', 'export const parts = { [process]: 1 };', 'process'],
  ])('%s', (_name, text, global) => {
    expect(violations(planted({ path: pureFile, text }))).toEqual([
      `${pureFile}:1 names ${global}, but @nx-pypi/manifests is pure`,
    ]);
  });

  test('are the business of a lib that is not pure', () => {
    expect(violations(planted({ path: 'libs/workspace/src/now.ts', text: 'export const now = Date.now();' }))).toEqual(
      [],
    );
  });
});

describe('planted manifests', () => {
  test.each([
    [
      'an upward dependency',
      member('libs/standards', '@nx-pypi/standards', { dependencies: { '@nx-pypi/manifests': '0.0.0' } }, [
        '../manifests',
      ]),
      'declares @nx-pypi/manifests, which @nx-pypi/standards may not know',
    ],
    [
      'a dependency without its reference',
      member('libs/workspace', '@nx-pypi/workspace', { dependencies: { '@nx-pypi/manifests': '0.0.0' } }),
      'does not refer to libs/manifests',
    ],
    [
      'a reference without its dependency',
      member('libs/builder', '@nx-pypi/builder', {}, ['../manifests']),
      'does not declare @nx-pypi/manifests',
    ],
    ['a lib without a layer', member('libs/oboe', '@nx-pypi/oboe', {}), 'has no row'],
    [
      'a folded dependency that users would not get',
      member(
        'libs/workspace',
        '@nx-pypi/workspace',
        { dependencies: { '@nx-pypi/manifests': '0.0.0', 'p-limit': '7.3.3' } },
        ['../manifests'],
      ),
      'must declare p-limit 7.3.3',
    ],
    [
      'a dependency of the plugin that nobody needs any more',
      plugin.map((file) => ({ ...file, text: file.text.replace('"smol-toml"', '"ini":"5.0.0","smol-toml"') })),
      'declares ini, which neither it nor a folded lib imports',
    ],
  ])('%s', (_name, files, message) => {
    expect(violations(planted(...files))).toEqual([expect.stringContaining(message)]);
  });

  test('a private lib among what users install', () => {
    const files = member(
      'packages/nx-pypi-registry',
      'nx-pypi-registry',
      { dependencies: { '@nx-pypi/standards': '0.0.0' } },
      ['../../libs/standards'],
    );
    expect(violations(planted(...files))).toContainEqual(
      expect.stringContaining('makes users install @nx-pypi/standards'),
    );
  });
});

describe('planted files', () => {
  const longText = 'export {};\n'.repeat(221);

  test.each([
    ['a file called utils', { path: 'libs/manifests/src/utils.ts', text: '' }, 'names no idea'],
    ['a test called helpers', { path: 'libs/manifests/test/helpers.test.ts', text: '' }, 'names no idea'],
    ['a folder called common', { path: 'packages/nx-pypi/src/common/run.ts', text: '' }, 'names no idea'],
    ['a long source file', { path: pureFile, text: longText }, 'has 221 lines'],
    [
      'the npm registry',
      { path: 'docs/ci.md', text: glued('see https://registry.', 'npm', 'js.org/nx') },
      'docs/ci.md:1',
    ],
    ['the PyPI host', { path: 'docs/ci.md', text: glued('Upload.\nto upload.', 'py', 'pi.org') }, 'docs/ci.md:2'],
    [
      'the file host',
      { path: pureFile, text: glued('// files.python', 'hosted', '.org') },
      'host of a public registry',
    ],
    ['a Debian host', { path: '.ci/run', text: glued('deb', '.debian', '.org') }, 'host of a public registry'],
    ['a path of one machine', { path: 'README.md', text: glued('cd /wo', 'rk', '/main') }, 'path of one machine'],
    ['a home folder', { path: 'README.md', text: glued('cp it /ro', 'ot', '/bin') }, 'path of one machine'],
  ])('%s', (_name, file, message) => {
    expect(violations(planted(file))).toEqual([expect.stringContaining(message)]);
  });

  test('a long test is no fault', () => {
    expect(violations(planted({ path: 'libs/manifests/test/toml.test.ts', text: longText }))).toEqual([]);
  });
});
