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
  const declared = tableAt(table, 'build-system') !== null;
  return {
    declared,
    backend: textAt(table, 'build-system', 'build-backend') ?? LEGACY_BACKEND,
    requires: declared ? textsAt(table, 'build-system', 'requires') : ['setuptools'],
    backendPath: textsAt(table, 'build-system', 'backend-path'),
  };
}
