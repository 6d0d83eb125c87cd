/** Builds every package of a workspace, as a release does. Arguments: the workspace, the cache folder, the number of packages. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import { discoverPackages } from '@nx-pypi/manifests';
import { readWorkspaceText } from '@nx-pypi/workspace';
import { reportWork } from '../run/measured-script.ts';

const [, , root = '', cacheDir = ''] = process.argv;
const files = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/pyproject.toml`);

await reportWork(async () => {
  const { packages } = discoverPackages(files, readWorkspaceText(root));
  const builder = createBuilder({ root, cacheDir, env: process.env });
  mkdirSync(cacheDir, { recursive: true });
  const outDir = mkdtempSync(join(cacheDir, 'out-'));
  const outcomes = await Promise.all(
    packages.map((pkg) =>
      builder.build({
        package: pkg,
        version: pkg.version.kind === 'static' ? pkg.version.text : '1.0.0',
        constraints: [],
        provenance: null,
        artifacts: ['sdist', 'wheel'],
        outDir: join(outDir, pkg.normalizedName),
      }),
    ),
  );
  await builder.close();
  rmSync(outDir, { recursive: true });
  return `${outcomes.flatMap((one) => (one.kind === 'built' ? one.artifacts : [])).length} files`;
});
