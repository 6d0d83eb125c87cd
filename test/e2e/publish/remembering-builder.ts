import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import type { BuildOutcome, Builder } from '@nx-pypi/release';
import { temporaryFolder } from '@nx-pypi/testkit';
import { onTestFinished } from 'vitest';

/** A builder that builds what it built before no second time: for tests of what comes after. */
export async function rememberingBuilder(root: string): Promise<Builder> {
  const cacheDir = join(import.meta.dirname, '../../../.python/build-cache');
  const builder = createBuilder({ root, cacheDir, env: process.env });
  onTestFinished(() => builder.close());
  const shelf = await temporaryFolder();
  const built = new Map<string, Promise<BuildOutcome>>();
  return {
    ...builder,
    build: (request) => {
      const { package: pkg, outDir: _, ...rest } = request;
      const key = createHash('sha256')
        .update(JSON.stringify({ ...rest, path: pkg.path }))
        .digest('hex');
      const outcome = built.get(key) ?? builder.build({ ...request, outDir: join(shelf, key) });
      built.set(key, outcome);
      return outcome;
    },
  };
}
