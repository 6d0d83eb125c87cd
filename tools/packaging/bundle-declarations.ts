import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isFolded, packageName } from '../source/package-name.ts';
import { readSyntax } from '../source/syntax.ts';
import type { Entry } from './entries.ts';

/**
 * Copies the declarations that the manifests name, and those that they import, from tsc's `dist` to `outDir`.
 * Public types must stand alone: throws, naming the file, when a reached declaration imports a lib that users do not have.
 */
export function bundleDeclarations(packageRoot: string, entries: readonly Entry[], outDir: string): readonly string[] {
  const dist = join(packageRoot, 'dist');
  const reached = reachable(entries.map((entry) => join(packageRoot, entry.source)));
  for (const file of reached) {
    const target = join(outDir, relative(dist, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  return reached.map((file) => relative(dist, file));
}

function reachable(roots: readonly string[]): readonly string[] {
  const reached = new Set<string>();
  const queue = [...roots];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    if (!existsSync(file)) throw new Error(`${file} is missing: run tsc -b before the bundler`);
    reached.add(file);
    queue.push(...importedDeclarations(file));
  }
  return [...reached].toSorted();
}

function importedDeclarations(file: string): readonly string[] {
  return readSyntax(file, readFileSync(file, 'utf8')).imports.flatMap(({ specifier, line }) => {
    const name = packageName(specifier);
    if (name === null) return [join(dirname(file), specifier.replace(/(\.d)?\.[jt]s$/, '.d.ts'))];
    if (isFolded(name)) {
      throw new Error(
        `${file}:${line} names ${specifier}, which users do not have: declare the public type in the plugin itself`,
      );
    }
    return [];
  });
}
