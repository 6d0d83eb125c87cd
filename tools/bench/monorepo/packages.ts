import type { Backend, PackageSpec } from '@nx-pypi/testkit';
import { drawShape, type ShapeRequest } from './shape.ts';

/** One after another through the packages, so that every layer has all of them. */
export const mixedBackends: readonly Backend[] = ['hatchling', 'setuptools', 'poetry-core', 'flit', 'pdm-backend'];

/** What @nxlv/python reads without a lock file: Poetry's tables with path dependencies. */
export const poetryOnly: readonly Backend[] = ['poetry-core'];

/** What people write besides the dependencies within the monorepo; with `toolTables`, half the size of a real manifest. */
const external = ['httpx>=0.25,<1', 'pydantic[email]>=2.5', 'typing-extensions>=4.9; python_version < "3.11"'];
const development = ['pytest>=8,<9', 'pytest-cov>=5', 'mypy>=1.10', 'ruff>=0.6,<0.7', 'types-requests>=2.31'];
const extras = { cli: ['click>=8.1,<9', 'rich>=13.7'] };

/** Packages of a shape, named by number, internal dependencies taken from the workspace; eight modules each. */
export function drawPackages(request: ShapeRequest, backends: readonly Backend[]): readonly PackageSpec[] {
  return drawShape(request).packages.map(({ dependencies }, index) => ({
    name: packageName(index),
    backend: backends[index % backends.length] ?? 'hatchling',
    version: `1.${index % 7}.${index % 3}`,
    dependencies: [...dependencies.map((one) => ({ local: packageName(one) })), ...external],
    extras,
    groups: { dev: development },
    files: modules(packageName(index)),
  }));
}

/** Five digits: the names of a larger monorepo begin with those of a smaller one. */
export function packageName(index: number): string {
  return `ensemble-${String(index).padStart(5, '0')}`;
}

function modules(name: string): Readonly<Record<string, string>> {
  const folder = `src/${name.replaceAll('-', '_')}`;
  const parts = ['pitch', 'rhythm', 'tempo', 'score', 'voice', 'chord', 'scale'];
  return Object.fromEntries(
    parts.map((part) => [`${folder}/${part}.py`, `"""${part} of ${name}."""\n\nNAME = "${part}"\n`]),
  );
}
