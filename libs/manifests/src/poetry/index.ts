import type { Dialect } from '../dialect.ts';
import { pyprojectEdits } from '../pyproject/edits/pyproject-edits.ts';
import { readPoetry } from './read.ts';

/** `[tool.poetry]`, alone or beside `[project]`. */
export const poetry: Dialect = { id: 'poetry', read: readPoetry, edits: pyprojectEdits };
