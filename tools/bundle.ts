/** Makes packages/nx-pypi/bundle, what users load, and the binaries of both packages runnable. Entries are what the package's manifests name (tools/packaging/entries.ts). */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finishBinaries } from './packaging/binaries.ts';
import { bundleDeclarations } from './packaging/bundle-declarations.ts';
import { bundleJavascript } from './packaging/bundle-javascript.ts';
import { declarationEntries, type Entry, javascriptEntries, schemaEntries } from './packaging/entries.ts';
import { loadedWith, needlessLoads } from './packaging/loaded-with.ts';

const packageRoot = join(import.meta.dirname, '../packages/nx-pypi');
const outDir = join(packageRoot, 'bundle');

const schemas = schemaEntries(packageRoot);
const entries = javascriptEntries(packageRoot);
refuseMissing([...entries, ...schemas]);

const files = await bundleJavascript(packageRoot, entries, outDir);
for (const schema of schemas) {
  const target = join(outDir, schema.name);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(packageRoot, schema.source), target);
}
finishBinaries(packageRoot);
finishBinaries(join(packageRoot, '../nx-pypi-registry'));
const declarations = bundleDeclarations(packageRoot, declarationEntries(packageRoot), outDir);

for (const entry of entries) {
  const { bytes, files: loaded, packages } = loadedWith(files, `${entry.name}.js`);
  console.log(
    `bundle/${entry.name}.js loads ${bytes} bytes in ${loaded.length} files; packages: ${packages.join(' ') || 'none'}`,
  );
}
console.log(`bundle: ${files.length} files, ${declarations.length} declarations, ${schemas.length} schemas`);

const needless = needlessLoads(files, 'index.js');
if (needless.length > 0) {
  throw new Error(
    `bundle/index.js, which Nx loads with every command, loads ${needless.join(', ')}: import them lazily`,
  );
}

function refuseMissing(named: readonly Entry[]): void {
  const missing = named.filter((entry) => !existsSync(join(packageRoot, entry.source)));
  if (missing.length === 0) return;
  const list = missing.map((entry) => entry.source).join(', ');
  throw new Error(`The manifests of packages/nx-pypi name bundle files that have no source: ${list}`);
}
