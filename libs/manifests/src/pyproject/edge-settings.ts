import { normalizeName } from '@nx-pypi/standards';
import type { EdgeSettings, PackageSettings } from '../model.ts';
import { isTable, tableAt, textAt, type TomlTable } from '../toml/query.ts';

/** `[tool.nx-pypi.dependencies.NAME]`: what holds for one dependency alone. Absent where there is none. */
export function edgeSettings(own: TomlTable): Pick<PackageSettings, 'dependencies'> {
  const entries = Object.entries(tableAt(own, 'dependencies') ?? {}).flatMap(([name, value]) =>
    isTable(value) ? [[name, { follow: textAt(value, 'follow'), rewrite: textAt(value, 'rewrite') }] as const] : [],
  );
  return byName(entries);
}

/** Settings of dependencies as written, by their normalised names. */
export function byName(entries: readonly (readonly [string, EdgeSettings])[]): Pick<PackageSettings, 'dependencies'> {
  if (entries.length === 0) return {};
  return { dependencies: Object.fromEntries(entries.map(([name, edge]) => [normalizeName(name), edge])) };
}
