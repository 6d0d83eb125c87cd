import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const bundle = join(import.meta.dirname, '../../../packages/nx-pypi/bundle');

/** What the figures depend on beside the load: `linux-x64, 2 processors, 24 GiB, Node v20.20.2, Python 3.11.2`. */
export function machine(): string {
  const python = execFileSync('python3', ['--version'], { encoding: 'utf8' }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${process.platform}-${process.arch}, ${cpus().length} processors, ${memory} GiB, Node ${process.version}, ${python}`;
}

/** A digest over the built plugin, as users get it. Needs a build. */
export function productDigest(): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(bundle, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (/\.(js|json|py)$/.test(path))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(bundle, path)));
  }
  return hash.digest('hex').slice(0, 12);
}
