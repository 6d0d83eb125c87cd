import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type OutputChunk } from 'rolldown';
import { isFolded, packageName } from '../source/package-name.ts';
import type { Entry } from './entries.ts';
import { lazyPackages, loadAtFirstUse } from './lazy-packages.ts';
import { isRecord, type Json, readJson } from './manifests.ts';

export interface BundledFile {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly bytes: number;
  /** Loaded with the file: other bundled files by name, packages and `node:` modules by specifier. */
  readonly imports: readonly string[];
}

/**
 * Folds the private libs and the registry's own code into ESM files under `outDir`, emptied first. What is in `dependencies` or
 * `peerDependencies` stays an import. Libs are read from their sources (the condition of this monorepo), so a stale dist is never shipped.
 * Throws when an import is neither bundled nor declared: such a package would not load at a user's.
 */
export async function bundleJavascript(
  packageRoot: string,
  entries: readonly Entry[],
  outDir: string,
): Promise<readonly BundledFile[]> {
  const shipped = shippedDependencies(readJson(join(packageRoot, 'package.json')));
  const undeclared = new Set<string>();
  const { output } = await build({
    cwd: packageRoot,
    input: Object.fromEntries(entries.map((entry) => [entry.name, entry.source])),
    platform: 'node',
    external: (id, importer) => {
      const name = packageName(id);
      if (importer === undefined || name === null || isFolded(name)) return false;
      if (!isBuiltin(id) && !shipped.has(name)) undeclared.add(`${id} in ${importer}`);
      return !lazyPackages.includes(id);
    },
    plugins: [loadAtFirstUse()],
    resolve: { conditionNames: ['nx-pypi-source', 'node', 'import', 'default'] },
    treeshake: { moduleSideEffects: false },
    experimental: { attachDebugInfo: 'none' },
    output: {
      dir: outDir,
      format: 'esm',
      cleanDir: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  });
  if (undeclared.size > 0) {
    throw new Error(
      `Bundled code imports what package.json does not declare:\n${[...undeclared].toSorted().join('\n')}`,
    );
  }
  return output.filter((file): file is OutputChunk => file.type === 'chunk').map(describeChunk);
}

function describeChunk(chunk: OutputChunk): BundledFile {
  return {
    fileName: chunk.fileName,
    isEntry: chunk.isEntry,
    bytes: Buffer.byteLength(chunk.code),
    imports: [...chunk.imports].toSorted(),
  };
}

function shippedDependencies(manifest: Json): ReadonlySet<string> {
  const fields = isRecord(manifest) ? [manifest['dependencies'], manifest['peerDependencies']] : [];
  return new Set(fields.flatMap((field) => (field !== undefined && isRecord(field) ? Object.keys(field) : [])));
}
