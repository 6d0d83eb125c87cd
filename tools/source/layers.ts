/** Which package may import which: imports go one way, towards the pure libs. The only place that says so for machines. */

const pure = ['@nx-pypi/release', '@nx-pypi/manifests', '@nx-pypi/standards'];
const machine = ['@nx-pypi/workspace', ...pure];

/** Key: the importing package. Value: the packages of this monorepo that its source may import. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  '@nx-pypi/standards': [],
  '@nx-pypi/manifests': ['@nx-pypi/standards'],
  '@nx-pypi/release': ['@nx-pypi/manifests', '@nx-pypi/standards'],
  '@nx-pypi/workspace': pure,
  '@nx-pypi/registry-client': machine,
  '@nx-pypi/builder': machine,
  'nx-pypi-registry': [],
  'nx-pypi': ['@nx-pypi/registry-client', '@nx-pypi/builder', 'nx-pypi-registry', ...machine],
  '@nx-pypi/testkit': ['nx-pypi-registry', ...machine],
};

/** What tests may import besides what their package may: builders of workspaces, and a registry to talk to. */
export const testsMayImport: readonly string[] = ['@nx-pypi/testkit', 'nx-pypi-registry'];

/** Entries of a package that only the source condition resolves, for end-to-end tests and benchmarks. */
export const testEntries: readonly string[] = ['nx-pypi/internal'];

/** Packages that compute values only: no IO, no clock, no network, no console. */
export const purePackages: readonly string[] = ['@nx-pypi/standards', '@nx-pypi/manifests', '@nx-pypi/release'];

export const pureMayImport: readonly string[] = ['node:path/posix'];

/** Globals through which a pure package could read the world or act on it; it does not even name a thing so. */
export const impureGlobals: readonly string[] = [
  'Buffer',
  'Date',
  'WebSocket',
  'XMLHttpRequest',
  '__dirname',
  '__filename',
  'clearInterval',
  'clearTimeout',
  'console',
  'fetch',
  'global',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

/** Packages that users install; what is not one of these is folded into the plugin. */
export const publishedPackages: readonly string[] = ['nx-pypi', 'nx-pypi-registry'];
