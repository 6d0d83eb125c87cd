/** Digests the sources of every package of a workspace, as detection does where no digest is known. Argument: the workspace. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import { discoverPackages } from '@nx-pypi/manifests';
import { readWorkspaceText } from '@nx-pypi/workspace';
import { reportWork } from '../run/measured-script.ts';

const [, , root = ''] = process.argv;
const files = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/pyproject.toml`);
const { packages } = discoverPackages(files, readWorkspaceText(root));

await reportWork(async () => {
  const packageFolders = packages.map(({ path }) => path);
  const builder = createBuilder({ root, cacheDir: join(root, '.nx/bench'), packageFolders, env: process.env });
  const found = await Promise.all(packages.map((pkg) => builder.digest(pkg)));
  await builder.close();
  return `${found.filter(({ kind }) => kind === 'found').length} digests`;
});
