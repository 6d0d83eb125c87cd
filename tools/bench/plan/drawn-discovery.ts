import { discoverPackages, manifestFileNames, type Discovery, type ReadText } from '@nx-pypi/manifests';
import { pythonWorkspace } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';

/** A monorepo that is on no disk, read. */
export function drawnDiscovery(count: number): { readonly discovery: Discovery; readonly readText: ReadText } {
  const files = pythonWorkspace(drawPackages(usualShape(count), mixedBackends));
  const manifests = Object.keys(files).filter((path) => manifestFileNames.some((name) => path.endsWith(name)));
  const readText: ReadText = (path) => files[path];
  return { discovery: discoverPackages(manifests, readText), readText };
}
