import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KnipConfig } from 'knip';
import { javascriptEntries } from './tools/packaging/entries.ts';
import { isRecord, readJson } from './tools/packaging/manifests.ts';

const root = import.meta.dirname;
const pluginEntries = javascriptEntries(join(root, 'packages/nx-pypi')).map(({ source }) => source);

/** What only folded libs import: the plugin declares it for its users (test/architecture.test.ts compares the two lists). */
const foldedDependencies = [...readdirSync(join(root, 'libs')).map((lib) => `libs/${lib}`), 'packages/nx-pypi-registry']
  .map((folder) => readJson(join(root, folder, 'package.json')))
  .flatMap((manifest) => {
    const dependencies = isRecord(manifest) ? manifest['dependencies'] : undefined;
    return dependencies !== undefined && isRecord(dependencies) ? Object.keys(dependencies) : [];
  });

const lib = {
  entry: ['test/**/*.test.ts'],
  project: ['src/**/*.ts!', 'test/**/*.ts', '!test/fixtures/**'],
};

/** `exports` and `bin` are entries by themselves; `!` marks further ones that users load. `knip --strict` follows these only. */
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: ['tools/*.ts', 'tools/*/main.ts', 'test/**/*.test.ts'],
      project: ['tools/**/*.ts', 'test/**/*.ts', '!test/workspaces/**'],
    },
    'libs/*': lib,
    /** Types only, of nodes that @lezer/python hands out: `--strict` does not follow type imports. */
    'libs/manifests': { ...lib, ignoreDependencies: ['@lezer/common'] },
    'packages/nx-pypi-registry': {
      entry: ['test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
    },
    'packages/nx-pypi': {
      entry: [...pluginEntries.map((source) => `${source}!`), 'test/**/*.test.ts'],
      project: ['src/**/*.ts!', 'test/**/*.ts'],
      ignoreDependencies: [...new Set(foldedDependencies), '@nx-pypi/.+', 'nx-pypi-registry'],
    },
  },
};

export default config;
