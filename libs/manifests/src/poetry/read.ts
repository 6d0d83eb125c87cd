import { normalizeName } from '@nx-pypi/standards';
import type { PackageFacts, Reading } from '../dialect.ts';
import type { DeclaredVersion, ReadText, Spot } from '../model.ts';
import type { Scope } from '../scope.ts';
import { LEGACY_BACKEND, readBuildSystem } from '../pyproject/build-system.ts';
import type { BuildSystem } from '../pyproject/build-system.ts';
import { nameProblems } from '../pyproject/invalid-name.ts';
import { isPoetryOwned } from '../pyproject/poetry-owned.ts';
import { readPyproject } from '../pyproject/read-pyproject.ts';
import { readSettings } from '../pyproject/settings.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt, textsAt, valueAt } from '../toml/query.ts';
import { poetryConstraint } from './constraint/poetry-constraint.ts';
import { readPoetryDeclarations } from './declarations.ts';

/** Reads `[tool.poetry]`; since Poetry 2 `[project]` goes before it, field by field. */
export function readPoetry(folder: string, readText: ReadText, scope: Scope = 'all'): Reading {
  const pyproject = readPyproject(folder, readText, scope);
  if (pyproject.kind === 'problem') {
    return pyproject;
  }
  if (pyproject.kind === 'absent' || !isPoetryOwned(pyproject.table)) {
    return { kind: 'not-mine' };
  }
  const { file, table } = pyproject;
  if (valueAt(table, 'tool', 'poetry', 'package-mode') === false) {
    return { kind: 'not-a-package', reason: `${file} says package-mode = false` };
  }
  const name = field(table, 'name');
  if (name === null) {
    return { kind: 'not-mine' };
  }
  const build = buildSystemOf(table);
  const found: PackageFacts = {
    path: folder,
    name,
    normalizedName: normalizeName(name),
    version: versionOf(table, file, build),
    dialect: 'poetry',
    backend: build.backend,
    buildRequires: build.requires,
    backendPath: build.backendPath,
    requiresPython: textAt(table, 'project', 'requires-python') ?? pythonOf(table),
    description: field(table, 'description'),
    classifiers: [...textsAt(table, 'project', 'classifiers'), ...textsAt(table, 'tool', 'poetry', 'classifiers')],
    manifest: file,
    files: [file],
    settings: readSettings(table),
  };
  return {
    kind: 'package',
    package: found,
    declare: (wanted) => readPoetryDeclarations(table, file, folder, wanted),
    problems: nameProblems(name, file),
  };
}

function field(table: TomlTable, key: string): string | null {
  return textAt(table, 'project', key) ?? textAt(table, 'tool', 'poetry', key);
}

/** Poetry builds with poetry-core where no `[build-system]` says so. */
function buildSystemOf(table: TomlTable): BuildSystem {
  const build = readBuildSystem(table);
  return build.declared || build.backend !== LEGACY_BACKEND
    ? build
    : { ...build, backend: 'poetry.core.masonry.api', requires: ['poetry-core'] };
}

/** Both places when they say the same, else the one that counts: `project.version` (poetry-core, factory.py). */
function versionOf(table: TomlTable, file: string, build: BuildSystem): DeclaredVersion {
  const isDynamic = valueAt(table, 'tool', 'poetry-dynamic-versioning', 'enable') === true;
  if (isDynamic && build.backend.startsWith('poetry_dynamic_versioning')) {
    return { kind: 'scm', tool: 'poetry-dynamic-versioning', override: 'POETRY_DYNAMIC_VERSIONING_BYPASS' };
  }
  const places = [
    ['project', 'version'],
    ['tool', 'poetry', 'version'],
  ].flatMap((keys) => {
    const text = textAt(table, ...keys);
    return text === null ? [] : [{ text, spot: { kind: 'toml', file, keys } satisfies Spot }];
  });
  const text = places[0]?.text;
  return text === undefined
    ? { kind: 'unreadable', reason: 'neither [project] nor [tool.poetry] has a version' }
    : { kind: 'static', text, spots: places.filter((place) => place.text === text).map(({ spot }) => spot) };
}

function pythonOf(table: TomlTable): string | null {
  const python = valueAt(table, 'tool', 'poetry', 'dependencies', 'python');
  const written =
    typeof python === 'string'
      ? python
      : textAt(tableAt(table, 'tool', 'poetry', 'dependencies', 'python') ?? {}, 'version');
  const reading = written === null ? null : poetryConstraint(written);
  return reading?.kind === 'specifier' && reading.specifier !== '' ? reading.specifier : null;
}
