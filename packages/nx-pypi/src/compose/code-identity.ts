import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PRODUCT } from './product.ts';

/**
 * Names this build of the product, for what is kept on this machine and was computed by its code. The bundle names its parts by
 * their content, so that this part changes with every other that it loads.
 */
export function codeIdentity(): string {
  const own = readFileSync(fileURLToPath(import.meta.url));
  return createHash('sha256').update(PRODUCT).update('\0').update(own).digest('hex');
}
