import { parse } from 'smol-toml';

/** What a manifest says about the files that its build reads: strings as written, relative to the package. */
export interface FileMentions {
  /** Every path or glob in tables that backends read; those that leave the package's folder are of interest. */
  readonly paths: readonly string[];
  /** Those that ship files whether git ignores them or not. */
  readonly shipped: readonly string[];
}

type Keys = readonly string[];

/** Dependencies are not among these: a sibling named as path dependency is no input of the build. */
const PATH_TABLES: readonly Keys[] = [
  ['project', 'readme'],
  ['project', 'license'],
  ['project', 'license-files'],
  ['build-system', 'backend-path'],
  ['tool', 'setuptools'],
  ['tool', 'hatch', 'build'],
  ['tool', 'hatch', 'version'],
  ['tool', 'hatch', 'metadata'],
  ['tool', 'pdm', 'build'],
  ['tool', 'pdm', 'version'],
  ['tool', 'flit'],
  ['tool', 'poetry', 'readme'],
  ['tool', 'poetry', 'packages'],
  ['tool', 'poetry', 'include'],
  ['tool', 'poetry', 'build'],
  ['tool', 'uv', 'build-backend'],
  ['tool', 'maturin'],
  ['tool', 'scikit-build'],
  ['tool', 'meson-python'],
];

/** `*` stands for any key: hatch's build targets, setuptools' packages. */
const SHIPPED_TABLES: readonly Keys[] = [
  ['project', 'readme'],
  ['project', 'license', 'file'],
  ['project', 'license-files'],
  ['tool', 'setuptools', 'package-data', '*'],
  ['tool', 'setuptools', 'data-files', '*'],
  ['tool', 'hatch', 'build', 'artifacts'],
  ['tool', 'hatch', 'build', 'force-include'],
  ['tool', 'hatch', 'build', 'targets', '*', 'artifacts'],
  ['tool', 'hatch', 'build', 'targets', '*', 'force-include'],
  ['tool', 'pdm', 'build', 'includes'],
  ['tool', 'pdm', 'build', 'source-includes'],
  ['tool', 'flit', 'sdist', 'include'],
  ['tool', 'poetry', 'readme'],
  ['tool', 'poetry', 'include'],
  ['tool', 'uv', 'build-backend', 'source-include'],
  ['tool', 'maturin', 'include'],
  ['tool', 'scikit-build', 'sdist', 'include'],
];

/** Reads pyproject.toml; a file that is not TOML mentions nothing (the build will say why it fails). */
export function mentionsOfPyproject(content: string): FileMentions {
  return mentionsOf(readTable(content));
}

/** hatch.toml holds what stands under `[tool.hatch]` otherwise (hatch docs, "Configuration"). */
export function mentionsOfHatch(content: string): FileMentions {
  return mentionsOf({ tool: { hatch: readTable(content) } });
}

function mentionsOf(table: unknown): FileMentions {
  return {
    paths: PATH_TABLES.flatMap((keys) => valuesAt(table, keys).flatMap(stringsIn)),
    shipped: SHIPPED_TABLES.flatMap((keys) => valuesAt(table, keys).flatMap(shippedIn)),
  };
}

function readTable(content: string): unknown {
  try {
    return parse(content, { integersAsBigInt: 'asNeeded' });
  } catch {
    return {};
  }
}

function valuesAt(value: unknown, keys: Keys): readonly unknown[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === undefined ? [] : [value];
  if (!isTable(value)) return [];
  const next = key === '*' ? Object.values(value) : [value[key]];
  return next.flatMap((inner) => valuesAt(inner, rest));
}

/** Strings of a value at any depth, keys included: hatch's force-include has its sources as keys. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isTable(value) ? Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]) : [];
}

/** A path, a list of them, `{ path }` or `{ file }` tables, or a table whose keys are paths. */
function shippedIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(shippedIn);
  if (!isTable(value)) return [];
  const named = [value['path'], value['file']].filter((path) => typeof path === 'string');
  return named.length > 0 ? named : Object.keys(value);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
