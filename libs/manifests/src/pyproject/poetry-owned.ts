import { requires } from '../version-sources/scm.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt, textsAt } from '../toml/query.ts';

/**
 * Whether Poetry decides what this file means: it has `[tool.poetry]` and is built by Poetry's backend, or by none that it
 * names and then has no version outside `[tool.poetry]`. A `[tool.poetry]` left behind beside another backend says nothing.
 */
export function isPoetryOwned(table: TomlTable): boolean {
  const poetry = tableAt(table, 'tool', 'poetry');
  if (poetry === null) {
    return false;
  }
  const backend = textAt(table, 'build-system', 'build-backend');
  if (backend !== null) {
    return backend.startsWith('poetry') || requires(textsAt(table, 'build-system', 'requires'), 'poetry-core');
  }
  const project = tableAt(table, 'project');
  return project === null || (textAt(project, 'version') === null && textAt(poetry, 'version') !== null);
}
