import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { finishBinaries } from '../tools/packaging/binaries.ts';
import { bundleDeclarations } from '../tools/packaging/bundle-declarations.ts';
import { bundleJavascript } from '../tools/packaging/bundle-javascript.ts';
import { findFaults } from '../tools/packaging/contents.ts';
import { declarationEntries, javascriptEntries, schemaEntries } from '../tools/packaging/entries.ts';
import { loadedWith, needlessLoads } from '../tools/packaging/loaded-with.ts';
import { loadEntries } from '../tools/packaging/load-entries.ts';
import type { Json } from '../tools/packaging/manifests.ts';
import type { PackedFile } from '../tools/packaging/tarball.ts';

/** A plugin named bakery that folds in the private lib @nx-pypi/oven. */
const bakery: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'bakery',
    version: '1.0.0',
    type: 'module',
    bin: { bakery: './bundle/cli.js' },
    exports: {
      '.': { 'nx-pypi-source': './src/index.ts', types: './bundle/index.d.ts', default: './bundle/index.js' },
    },
    dependencies: { yeast: '^2.0.0' },
  }),
  'executors.json': JSON.stringify({
    executors: {
      bake: { implementation: './bundle/executors/bake/bake.js', schema: './bundle/executors/bake/schema.json' },
    },
  }),
  'src/index.ts': "export { warm } from '@nx-pypi/oven';",
  'src/cli.ts': "#!/usr/bin/env node\nimport { bake } from '@nx-pypi/oven';\nbake();",
  'src/executors/bake/bake.ts': "import { bake } from '@nx-pypi/oven';\nexport default (): number => bake();",
  'dist/index.d.ts': "export type { Warmth } from './warmth.ts';",
  'dist/warmth.d.ts': 'export type Warmth = number;',
  'dist/cli.d.ts': "import type { Oven } from '@nx-pypi/oven';\nexport declare const oven: Oven;",
  'node_modules/@nx-pypi/oven/package.json': JSON.stringify({
    name: '@nx-pypi/oven',
    exports: { '.': { 'nx-pypi-source': './src/index.ts', default: './dist/index.js' } },
  }),
  'node_modules/@nx-pypi/oven/src/index.ts': "export { warm } from './warm.ts';\nexport { bake } from './bake.ts';",
  'node_modules/@nx-pypi/oven/src/warm.ts': 'export function warm(): number { return 180; }',
  'node_modules/@nx-pypi/oven/src/bake.ts':
    "import { rise } from 'yeast';\nimport { readFileSync } from 'node:fs';\nexport function bake(): number { return rise(readFileSync); }",
};

/** A forbidden word, written in pieces so that this file does not hold it. */
function glued(...pieces: readonly string[]): string {
  return pieces.join('');
}

function writeBakery(changes: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'nx-pypi-bakery-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...bakery, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('entries', () => {
  test('are the bundle files that the manifests name, and nothing else', () => {
    const root = writeBakery();
    expect(javascriptEntries(root).map(({ source }) => source)).toEqual([
      'src/cli.ts',
      'src/executors/bake/bake.ts',
      'src/index.ts',
    ]);
    expect(declarationEntries(root).map(({ source }) => source)).toEqual(['dist/index.d.ts']);
    expect(schemaEntries(root).map(({ source }) => source)).toEqual(['src/executors/bake/schema.json']);
  });
});

describe('the bundle', () => {
  test('folds private libs in, keeps dependencies out, and loads little through the plugin entry', async () => {
    const root = writeBakery();
    const outDir = join(root, 'bundle');
    const files = await bundleJavascript(root, javascriptEntries(root), outDir);
    const all = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
    const texts = all.map((path) => readFileSync(join(outDir, path), 'utf8'));

    expect(all).toHaveLength(4);
    expect(texts.join('\n')).not.toContain('@nx-pypi/oven');
    expect(loadedWith(files, 'index.js').packages).toEqual([]);
    expect(loadedWith(files, 'cli.js').packages).toEqual(['yeast']);
    expect(readFileSync(join(outDir, 'cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(join(outDir, 'executors/bake/bake.js')).isFile()).toBe(true);
  });

  test('tells what Nx would load for nothing, through chunks too', () => {
    const file = { isEntry: false, bytes: 10 };
    const files = [
      { ...file, fileName: 'index.js', imports: ['chunks/oven.js', '@nx/devkit', 'node:fs'] },
      { ...file, fileName: 'chunks/oven.js', imports: ['index.js', 'undici'] },
      { ...file, fileName: 'cli.js', imports: ['express'] },
    ];
    expect(needlessLoads(files, 'index.js')).toEqual(['undici']);
    expect(loadedWith(files, 'index.js')).toEqual({
      bytes: 20,
      files: ['chunks/oven.js', 'index.js'],
      packages: ['@nx/devkit', 'undici'],
    });
  });

  test('is the same, byte for byte, made twice', async () => {
    const root = writeBakery();
    const first = await bundleJavascript(root, javascriptEntries(root), join(root, 'one'));
    const second = await bundleJavascript(root, javascriptEntries(root), join(root, 'two'));
    expect(second).toEqual(first);
  });

  test('refuses an import that users would not have', async () => {
    const root = writeBakery({ 'src/index.ts': "export { knead } from 'dough';" });
    await expect(bundleJavascript(root, javascriptEntries(root), join(root, 'bundle'))).rejects.toThrow(
      /dough in .*index\.ts/,
    );
  });
});

describe('binaries', () => {
  test.each([
    ['with its own first line', '#!/usr/bin/env node\nbake();'],
    ['without', 'bake();'],
  ])('can be run: one %s', (_name, text) => {
    const root = writeBakery({ 'bundle/cli.js': text });
    finishBinaries(root);
    expect(readFileSync(join(root, 'bundle/cli.js'), 'utf8')).toBe('#!/usr/bin/env node\nbake();');
    expect(statSync(join(root, 'bundle/cli.js')).mode & 0o777).toBe(0o755);
  });

  test('that are not built yet are passed over', () => {
    const root = writeBakery();
    finishBinaries(root);
    expect(() => statSync(join(root, 'bundle'))).toThrow('ENOENT');
  });
});

describe('declarations', () => {
  test('come with those that they import', () => {
    const root = writeBakery();
    expect(bundleDeclarations(root, declarationEntries(root), join(root, 'bundle'))).toEqual([
      'index.d.ts',
      'warmth.d.ts',
    ]);
    expect(readFileSync(join(root, 'bundle/warmth.d.ts'), 'utf8')).toBe('export type Warmth = number;');
  });

  test.each([
    ['names a private lib', "export type { Oven } from '@nx-pypi/oven';", /index\.d\.ts:1 names @nx-pypi\/oven/],
    ['was not compiled', "export type { Oven } from './oven.ts';", /oven\.d\.ts is missing: run tsc -b/],
  ])('refuses a public type that %s', (_name, text, message) => {
    const root = writeBakery({ 'dist/index.d.ts': text });
    expect(() => bundleDeclarations(root, declarationEntries(root), join(root, 'bundle'))).toThrow(message);
  });
});

describe('the tarball', () => {
  const manifest: Json = { name: 'bakery', bin: { bakery: './bundle/cli.js' }, dependencies: { yeast: '^2.0.0' } };
  const allowed = [/^bundle\/.+\.(js|d\.ts)$/];
  const named = [{ path: './bundle/cli.js', by: 'package.json bin' }];
  const cli: PackedFile = {
    path: 'bundle/cli.js',
    mode: 0o755,
    text: "#!/usr/bin/env node\nimport 'node:fs';\nimport 'yeast/dry';\nimport './chunks/a.js';\nimport 'bakery';",
  };

  function faults(...files: readonly PackedFile[]): readonly string[] {
    return findFaults(files, { allowed, named, manifest });
  }

  function bundled(path: string, text: string): PackedFile {
    return { path: `bundle/${path}`, mode: 0o644, text };
  }

  test('that is sound has no fault', () => {
    expect(faults(cli, bundled('index.d.ts', 'export type Warmth = number;'))).toEqual([]);
  });

  test.each<[string, readonly PackedFile[], string]>([
    ['a file outside of the list', [cli, { path: 'notes.md', mode: 0o644, text: '' }], 'notes.md is not in the list'],
    [
      'TypeScript beside its JavaScript',
      [cli, bundled('cli.ts', '')],
      'bundle/cli.ts ships TypeScript beside its JavaScript',
    ],
    ['an undeclared import', [cli, bundled('a.js', "import 'sugar';")], 'bundle/a.js:1 imports sugar'],
    ['a private lib in code', [cli, bundled('a.js', "import { o } from '@nx-pypi/oven';")], 'imports @nx-pypi/oven'],
    [
      'a private lib in a declaration',
      [cli, bundled('a.d.ts', '/** as in @nx-pypi/oven */')],
      'bundle/a.d.ts:1 names a private lib',
    ],
    ['code that does not parse', [cli, bundled('a.js', 'import {')], 'does not parse'],
    ['a registry host', [cli, bundled('a.js', glued("const at = 'py", 'pi', ".org';"))], 'bundle/a.js:1:'],
    ['a bin without a shebang', [{ ...cli, text: '' }], 'is a bin without #!'],
    ['a bin that cannot be executed', [{ ...cli, mode: 0o644 }], 'not executable'],
  ])('with %s is refused', (_name, files, message) => {
    expect(faults(...files)).toContainEqual(expect.stringContaining(message));
  });

  test('without a file that the manifests name is refused', () => {
    expect(faults()).toEqual(['package.json bin names ./bundle/cli.js, which is not in the tarball']);
  });
});

describe('loading the tarball', () => {
  const manifest: PackedFile = { path: 'package.json', mode: 0o644, text: '{ "type": "module" }' };

  test.each([
    ['loads and answers --help', 'export const warmth = 180;', []],
    ['awaits at top level', 'await Promise.resolve();', [expect.stringMatching(/bundle\/a\.js cannot be used/)]],
    ['needs what is not installed', "import 'no-such-dough';", [expect.stringMatching(/no-such-dough/)]],
  ])('of a module that %s', async (_name, text, faults) => {
    const folder = mkdtempSync(join(tmpdir(), 'nx-pypi-load-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = [manifest, { path: 'bundle/a.js', mode: 0o644, text }];
    expect(await loadEntries(folder, { files, modules: ['bundle/a.js'], binaries: [] })).toEqual(faults);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a binary that refuses --help', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nx-pypi-load-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = [manifest, { path: 'cli.js', mode: 0o755, text: "console.error('closed'); process.exit(2);" }];
    expect(await loadEntries(folder, { files, modules: [], binaries: ['cli.js'] })).toEqual([
      'node cli.js --help fails, so cli.js cannot be used: closed',
    ]);
  });
});
