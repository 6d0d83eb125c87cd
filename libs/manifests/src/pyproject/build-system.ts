import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt, textsAt } from '../toml/query.ts';

/** `[build-system]`, with what PEP 517 puts in its place where it is missing. */
export interface BuildSystem {
  readonly declared: boolean;
  readonly backend: string;
  readonly requires: readonly string[];
  readonly backendPath: readonly string[];
}

export const LEGACY_BACKEND = 'setuptools.build_meta:__legacy__';

export function readBuildSystem(table: TomlTable): BuildSystem {
  const build = tableAt(table, 'build-system');
  return build === null ? UNDECLARED : declared(build);
}

const UNDECLARED: BuildSystem = { declared: false, backend: LEGACY_BACKEND, requires: ['setuptools'], backendPath: [] };

function declared(build: TomlTable): BuildSystem {
  return {
    declared: true,
    backend: textAt(build, 'build-backend') ?? LEGACY_BACKEND,
    requires: textsAt(build, 'requires'),
    backendPath: textsAt(build, 'backend-path'),
  };
}
