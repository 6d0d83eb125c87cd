import { excerptOf } from '../excerpt/excerpt.ts';
import type { Problem, ReadText } from '../model.ts';
import type { Scope } from '../scope.ts';
import type { TomlTable } from '../toml/query.ts';
import { readToml } from '../toml/read-toml.ts';
import { fileIn } from './paths.ts';

export type PyprojectReading =
  | { readonly kind: 'pyproject'; readonly file: string; readonly table: TomlTable }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads a folder's pyproject.toml. Templates of scaffolding tools carry its name and are no TOML: a problem as any other. */
export function readPyproject(folder: string, readText: ReadText, scope: Scope = 'all'): PyprojectReading {
  const file = fileIn(folder, 'pyproject.toml');
  const content = readText(file);
  if (content === undefined) {
    return { kind: 'absent' };
  }
  const excerpt = scope === 'internal' ? excerptOf(content) : null;
  if (excerpt !== null) {
    return { kind: 'pyproject', file, table: excerpt };
  }
  const reading = readToml(content);
  if (reading.kind === 'toml') {
    return { kind: 'pyproject', file, table: reading.table };
  }
  const isTemplate = /\{\{|\{%|<%/.test(content);
  return {
    kind: 'problem',
    problem: {
      code: isTemplate ? 'NXPYPI_TEMPLATE' : 'NXPYPI_BAD_TOML',
      message: `${file} is ${isTemplate ? 'a template and ' : ''}not TOML: ${reading.message}.`,
      hint: isTemplate
        ? 'Exclude its folder from discovery.'
        : 'Correct the file; until then its folder is no package.',
      where: `${file}:${String(reading.line)}`,
    },
  };
}
