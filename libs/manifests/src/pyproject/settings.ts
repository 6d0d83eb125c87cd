import type { PackageSettings } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';
import { textAt, textsAt, valueAt } from '../toml/query.ts';

/** `[tool.nx-pypi]`. What uv is told not to build (`tool.uv.package = false`) is published only when `publish = true` says so. */
export function readSettings(table: TomlTable): PackageSettings {
  const publish = valueAt(table, 'tool', 'nx-pypi', 'publish');
  const unbuilt = valueAt(table, 'tool', 'uv', 'package') === false ? false : null;
  return {
    publish: typeof publish === 'boolean' ? publish : unbuilt,
    include: textsAt(table, 'tool', 'nx-pypi', 'include'),
    level: textAt(table, 'tool', 'nx-pypi', 'level'),
    follow: textAt(table, 'tool', 'nx-pypi', 'follow'),
    rewrite: textAt(table, 'tool', 'nx-pypi', 'rewrite'),
    lockstep: textAt(table, 'tool', 'nx-pypi', 'lockstep'),
  };
}
