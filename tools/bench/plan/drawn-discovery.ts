import { discoverPackages, manifestFileNames, type Discovery, type ReadText } from '@nx-pypi/manifests';
import { pythonWorkspace } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';

/** A monorepo that is on no disk, read. `range`: what every dependency within it is declared with. */
export function drawnDiscovery(
  count: number,
  range = '',
): { readonly discovery: Discovery; readonly readText: ReadText } {
  const specs = drawPackages(usualShape(count), mixedBackends).map((spec) => ({
    ...spec,
    dependencies:
      spec.dependencies?.map((one) => (typeof one === 'string' || range === '' ? one : one.local + range)) ?? [],
  }));
  const files = pythonWorkspace(specs);
  const manifests = Object.keys(files).filter((path) => manifestFileNames.some((name) => path.endsWith(name)));
  const readText: ReadText = (path) => files[path];
  return { discovery: discoverPackages(manifests, readText), readText };
}
