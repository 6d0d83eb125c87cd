import type { EditResult, Problem } from '../model.ts';
import { checkedEdits } from './checked-edits.ts';
import { locate, mapToml } from './locate.ts';
import { quotedLike } from './quote.ts';
import { readToml } from './read-toml.ts';
import type { TomlKeys } from './with-value.ts';
import { withValue } from './with-value.ts';

/** Replaces the string at `keys` in its own quotes; a problem when there is no such string. */
export function replaceString(file: string, content: string, keys: TomlKeys, value: string): EditResult {
  if (readToml(content).kind === 'error') {
    return { kind: 'problem', problem: notFound(file, keys) };
  }
  const entry = locate(mapToml(content), keys);
  if (entry?.form !== 'string') {
    return { kind: 'problem', problem: notFound(file, keys) };
  }
  const { start, end } = entry;
  const text = quotedLike(content.slice(start, end), value);
  return checkedEdits(file, content, [{ file, start, end, text }], (table) => withValue(table, keys, value));
}

/** The problem of a spot that the file of the day does not have. */
export function notFound(file: string, keys: TomlKeys): Problem {
  return {
    code: 'NXPYPI_SPOT_GONE',
    message: `${file} has no ${keys.join('.')} that could be edited.`,
    hint: 'The file changed since it was read: read it again.',
    where: file,
  };
}
