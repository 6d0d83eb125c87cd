import type { PackageSettings } from '../model.ts';
import type { TomlTable } from '../toml/query.ts';
import { edgeSettings } from './edge-settings.ts';
import { tableAt, textAt, textsAt, valueAt } from '../toml/query.ts';

const NONE: PackageSettings = {
  publish: null,
  include: [],
  level: null,
  follow: null,
  rewrite: null,
  lockstep: null,
};

/** `[tool.nx-pypi]`. What uv is told not to build (`tool.uv.package = false`) is published only when `publish = true` says so. */
export function readSettings(table: TomlTable): PackageSettings {
  const unbuilt = valueAt(table, 'tool', 'uv', 'package') === false ? false : null;
  const own = tableAt(table, 'tool', 'nx-pypi');
  if (own === null) {
    return { ...NONE, publish: unbuilt };
  }
  const publish = valueAt(own, 'publish');
  const wheels = textsAt(own, 'wheels');
  return {
    publish: typeof publish === 'boolean' ? publish : unbuilt,
    include: textsAt(own, 'include'),
    level: textAt(own, 'level'),
    follow: textAt(own, 'follow'),
    rewrite: textAt(own, 'rewrite'),
    ...edgeSettings(own),
    lockstep: textAt(own, 'lockstep'),
    ...(wheels.length === 0 ? {} : { wheels }),
    ...releaseBranches(own),
  };
}

/** `[tool.nx-pypi.releaseBranches]`. Absent where there is none. */
function releaseBranches(own: TomlTable): Pick<PackageSettings, 'releaseBranches'> {
  const entries = Object.entries(tableAt(own, 'releaseBranches') ?? {});
  const texts = entries.flatMap(([branch, value]) => (typeof value === 'string' ? [[branch, value] as const] : []));
  return texts.length === 0 ? {} : { releaseBranches: Object.fromEntries(texts) };
}
