import { normalizeName } from '@nx-pypi/standards';
import type { Reading } from '../dialect.ts';
import type { Problem, ReadText } from '../model.ts';
import type { Scope } from '../scope.ts';
import { readBuildSystem } from '../pyproject/build-system.ts';
import { nameProblems } from '../pyproject/invalid-name.ts';
import { isPoetryOwned } from '../pyproject/poetry-owned.ts';
import { readProjectDeclarations } from '../pyproject/project-declarations.ts';
import { readPyproject } from '../pyproject/read-pyproject.ts';
import { joined } from '../pyproject/requirement-declaration.ts';
import { readSettings } from '../pyproject/settings.ts';
import { readSharedDeclarations } from '../pyproject/shared-declarations.ts';
import { readUvSources } from '../pyproject/uv-sources.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt, textsAt } from '../toml/query.ts';
import { dynamicDependencies } from './dynamic-dependencies.ts';
import { readVersion } from './read-version.ts';

/** Reads `[project]` of a folder's pyproject.toml (PEP 621). */
export function readPep621(folder: string, readText: ReadText, scope: Scope = 'all'): Reading {
  const pyproject = readPyproject(folder, readText, scope);
  if (pyproject.kind === 'problem') {
    return pyproject;
  }
  if (pyproject.kind === 'absent' || isPoetryOwned(pyproject.table)) {
    return { kind: 'not-mine' };
  }
  const { file, table } = pyproject;
  const project = tableAt(table, 'project');
  const name = project === null ? null : textAt(project, 'name');
  if (project !== null && name !== null) {
    return readProject({ folder, file, table, project, name, readText });
  }
  const hasBuildSystem = tableAt(table, 'build-system') !== null;
  return project !== null && hasBuildSystem ? { kind: 'problem', problem: nameless(file) } : { kind: 'not-mine' };
}

interface Project {
  readonly folder: string;
  readonly file: string;
  readonly table: TomlTable;
  readonly project: TomlTable;
  readonly name: string;
  readonly readText: ReadText;
}

function readProject({ folder, file, table, project, name, readText }: Project): Reading {
  const build = readBuildSystem(table);
  const version = readVersion({
    table,
    folder,
    name,
    backend: build.backend,
    buildRequires: build.requires,
    readText,
  });
  const sources = readUvSources(table, folder, readText);
  const dynamic = dynamicDependencies({ table, file, place: { folder, sources, wanted: null }, readText });
  const files = new Set([file, ...version.files, ...dynamic.declarations.map(({ spot }) => spot.file)]);
  return {
    kind: 'package',
    package: {
      path: folder,
      name,
      normalizedName: normalizeName(name),
      version: version.version,
      dialect: 'pep621',
      backend: build.backend,
      buildRequires: build.requires,
      backendPath: build.backendPath,
      requiresPython: textAt(project, 'requires-python'),
      description: textAt(project, 'description'),
      classifiers: textsAt(project, 'classifiers'),
      manifest: file,
      files: [...files],
      settings: readSettings(table),
    },
    declare: (wanted) => {
      const place = { folder, sources, wanted };
      return joined([readProjectDeclarations(table, file, place), dynamic, readSharedDeclarations(table, file, place)]);
    },
    problems: nameProblems(name, file),
  };
}

function nameless(file: string): Problem {
  return {
    code: 'NXPYPI_NAME_MISSING',
    message: `${file} has a [project] without a name.`,
    hint: 'PEP 621 requires project.name; without it the folder is no package.',
    where: file,
  };
}
