/**
 * Builds every package of a workspace with backends of 2023, at its own version and without provenance, as its maintainers did before
 * they knew nx-pypi. Arguments: the workspace, the folder for build environments, the folder for artifacts.
 */
import { createBuilder } from '@nx-pypi/builder';
import { discoverPackages, internalDeclarations, type PythonPackage } from '@nx-pypi/manifests';
import type { BuildRequest } from '@nx-pypi/release';
import { listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { reportWork } from '../run/measured-script.ts';

const [, , root = '', cacheDir = '', outDir = ''] = process.argv;
/** Other releases than any that a build of today gets: their artifacts differ in what says nothing of the sources. */
const buildConstraints = [
  'hatchling==1.21.1',
  'setuptools==68.2.2',
  'wheel==0.42.0',
  'poetry-core==1.8.1',
  'flit_core==3.9.0',
  'pdm-backend==2.1.8',
];

await reportWork(async () => {
  const { packages } = discoverPackages(await listWorkspaceFiles(root), readWorkspaceText(root));
  const names = new Set(packages.map((pkg) => pkg.normalizedName));
  const builder = createBuilder({ root, cacheDir, env: process.env, buildConstraints });
  const outcomes = await Promise.all(packages.map((pkg) => builder.build(requestOf(pkg, names))));
  await builder.close();
  const failed = outcomes.find((outcome) => outcome.kind === 'failed');
  if (failed !== undefined) throw new Error(`${failed.problem.message}\n${failed.log}`);
  return `${packages.length} packages`;
});

function requestOf(pkg: PythonPackage, names: ReadonlySet<string>): BuildRequest {
  const constraints = internalDeclarations(pkg, names)
    .filter(({ kind }) => kind === 'runtime' || kind === 'extra')
    .map((declaration) => ({ declaration, specifier: '>=1,<2' }));
  const version = pkg.version.kind === 'static' ? pkg.version.text : '1.0.0';
  return { package: pkg, version, constraints, provenance: null, artifacts: ['sdist', 'wheel'], outDir };
}
