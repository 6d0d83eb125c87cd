import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Name and version of this product, for provenance and the User-Agent header. */
export const PRODUCT: string = productName();

/** The nearest package.json above this file is the package's own, in the bundle as in the source. */
function productName(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (
        typeof manifest === 'object' &&
        manifest !== null &&
        'name' in manifest &&
        'version' in manifest &&
        manifest.name === 'nx-pypi'
      ) {
        return `nx-pypi/${String(manifest.version)}`;
      }
    } catch {
      // No package.json here: the next folder up is asked.
    }
    const parent = dirname(folder);
    if (parent === folder) return 'nx-pypi';
    folder = parent;
  }
}
