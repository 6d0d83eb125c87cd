import { isBuiltin } from 'node:module';
import type { BundledFile } from './bundle-javascript.ts';
import { lazyPackages } from './lazy-packages.ts';

export interface Load {
  readonly bytes: number;
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** What loading one bundled file loads: bytes of bundled code and the packages that it imports, in order of name. */
export function loadedWith(files: readonly BundledFile[], fileName: string): Load {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const reached = new Set<string>();
  const packages = new Set<string>();
  const visit = (name: string): void => {
    const file = byName.get(name);
    if (file === undefined) {
      if (!isBuiltin(name)) packages.add(name);
      return;
    }
    if (reached.has(name)) return;
    reached.add(name);
    file.imports.forEach(visit);
  };
  visit(fileName);
  const bytes = [...reached].reduce((sum, name) => sum + (byName.get(name)?.bytes ?? 0), 0);
  return { bytes, files: [...reached].toSorted(), packages: [...packages].toSorted() };
}

/** Packages for HTTP, servers and archives: releasing needs them, the project graph does not. */
const heavyPackages = ['@fastify/busboy', 'express', 'htmlparser2', 'tar-stream', 'undici', 'yauzl', ...lazyPackages];

/** What Nx would load for nothing with every command: each of its plugin workers loads the plugin's entry. */
export function needlessLoads(files: readonly BundledFile[], fileName: string): readonly string[] {
  const { packages } = loadedWith(files, fileName);
  return heavyPackages.filter((name) => packages.includes(name));
}
