import type { Backend, PackageSpec } from '@nx-pypi/testkit';
import { drawShape, type ShapeRequest } from './shape.ts';

/** One after another through the packages, so that every layer has all of them. */
export const mixedBackends: readonly Backend[] = ['hatchling', 'setuptools', 'poetry-core', 'flit', 'pdm-backend'];

/** What @nxlv/python reads without a lock file: Poetry's tables with path dependencies. */
export const poetryOnly: readonly Backend[] = ['poetry-core'];

/** Packages of a shape, named by number, internal dependencies taken from the workspace; eight modules each. */
export function drawPackages(request: ShapeRequest, backends: readonly Backend[]): readonly PackageSpec[] {
  return drawShape(request).packages.map(({ dependencies }, index) => ({
    name: nameOf(index),
    backend: backends[index % backends.length] ?? 'hatchling',
    version: `1.${index % 7}.${index % 3}`,
    dependencies: dependencies.map((one) => ({ local: nameOf(one) })),
    files: modules(nameOf(index)),
  }));
}

function nameOf(index: number): string {
  return `ensemble-${String(index).padStart(4, '0')}`;
}

function modules(name: string): Readonly<Record<string, string>> {
  const folder = `src/${name.replaceAll('-', '_')}`;
  const parts = ['pitch', 'rhythm', 'tempo', 'score', 'voice', 'chord', 'scale'];
  return Object.fromEntries(
    parts.map((part) => [`${folder}/${part}.py`, `"""${part} of ${name}."""\n\nNAME = "${part}"\n`]),
  );
}
