import { normalizeName } from '@nx-pypi/standards';

import type { Reading } from '../dialect.ts';
import type { DeclaredVersion, Problem, ReadText } from '../model.ts';
import { readBuildSystem } from '../pyproject/build-system.ts';
import { nameProblems } from '../pyproject/invalid-name.ts';
import { joined, NOTHING } from '../pyproject/requirement-declaration.ts';
import { isPoetryOwned } from '../pyproject/poetry-owned.ts';
import { readPyproject } from '../pyproject/read-pyproject.ts';
import { readSharedDeclarations } from '../pyproject/shared-declarations.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt } from '../toml/query.ts';
import { pretendVariable, requires } from '../version-sources/scm.ts';
import type { ConfigurationSection } from './configuration.ts';
import type { Facts } from './facts.ts';
import { readLegacySettings } from './settings.ts';

/** A pyproject.toml beside setup.cfg and setup.py: null where there is none. */
export type Companion =
  | { readonly kind: 'companion'; readonly file: string; readonly table: TomlTable | null }
  /** It declares the package itself. */
  | { readonly kind: 'not-mine' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads the pyproject.toml of a folder whose package setuptools' own files declare. */
export function readCompanion(folder: string, readText: ReadText): Companion {
  const reading = readPyproject(folder, readText);
  if (reading.kind === 'problem') return reading;
  if (reading.kind === 'absent') return { kind: 'companion', file: '', table: null };
  const isDeclared = tableAt(reading.table, 'project') !== null || isPoetryOwned(reading.table);
  return isDeclared ? { kind: 'not-mine' } : { kind: 'companion', file: reading.file, table: reading.table };
}

interface Parts {
  readonly dialect: 'setup-cfg' | 'setup-py';
  readonly folder: string;
  readonly manifest: string;
  readonly name: string;
  readonly facts: Facts;
  readonly sections: readonly ConfigurationSection[];
  readonly companion: Extract<Companion, { kind: 'companion' }>;
}

/** The package that setup.cfg, setup.py and the build system of a pyproject.toml make together. */
export function legacyPackage({ dialect, folder, manifest, name, facts, sections, companion }: Parts): Reading {
  const { file, table } = companion;
  const build = readBuildSystem(table ?? {});
  const shared =
    table === null ? NOTHING : readSharedDeclarations(table, file, { folder, sources: new Map(), wanted: null });
  const parts = [facts.runtime, facts.extras, facts.setupRequires, shared].filter((part) => part !== null);
  const normalizedName = normalizeName(name);
  return {
    kind: 'package',
    package: {
      path: folder,
      name,
      normalizedName,
      version: facts.version ?? undeclaredVersion(name, table, build.requires),
      dialect,
      backend: build.backend,
      buildRequires: build.requires,
      backendPath: build.backendPath,
      requiresPython: facts.requiresPython,
      description: facts.description,
      classifiers: facts.classifiers ?? [],
      manifest,
      files: [...new Set([manifest, ...facts.files, ...(table === null ? [] : [file])])],
      settings: readLegacySettings(sections, table),
    },
    declare: () => joined(parts),
    problems: nameProblems(name, manifest),
  };
}

/** setuptools-scm acts on its table in pyproject.toml; without any version setuptools would ship 0.0.0. */
function undeclaredVersion(name: string, table: TomlTable | null, buildRequires: readonly string[]): DeclaredVersion {
  const configured =
    table !== null && ['setuptools_scm', 'setuptools-scm'].some((key) => tableAt(table, 'tool', key) !== null);
  if (configured || requires(buildRequires, 'setuptools-scm')) {
    return { kind: 'scm', tool: 'setuptools-scm', override: pretendVariable(name) };
  }
  if (requires(buildRequires, 'pbr')) return { kind: 'scm', tool: 'pbr', override: 'PBR_VERSION' };
  return { kind: 'unreadable', reason: 'no version is declared, so setuptools would ship 0.0.0' };
}
