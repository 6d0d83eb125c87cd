import type { EditResult, TextEdit } from '../model.ts';
import { checkedEdits } from '../toml/checked-edits.ts';
import type { TomlEntry, TomlMap } from '../toml/locate.ts';
import { locate, mapToml, startsWith } from '../toml/locate.ts';
import { quoted } from '../toml/quote.ts';
import type { TomlTable } from '../toml/query.ts';
import { isTable } from '../toml/query.ts';
import { removedPair } from '../toml/remove-pair.ts';
import { notFound, replaceString } from '../toml/replace-string.ts';
import { valueAtKeys } from '../toml/value-at-keys.ts';
import type { TomlKeys } from '../toml/with-value.ts';
import { withValue } from '../toml/with-value.ts';

/** What says where a dependency comes from, other than an index (Poetry, "Dependency specification"). */
const SOURCE_KEYS = new Set(['path', 'file', 'url', 'git', 'branch', 'tag', 'rev', 'subdirectory', 'develop']);

interface Target {
  readonly file: string;
  readonly content: string;
  readonly table: TomlTable;
  readonly keys: TomlKeys;
}

/**
 * Gives a Poetry dependency a plain constraint. A table keeps what does not name a source (extras, markers, optional); where
 * nothing else is left it becomes a string: `lib = { path = "../lib" }` → `lib = ">=1.2,<2"`.
 */
export function setPoetryConstraint(target: Target, specifier: string): EditResult {
  const { file, content, table, keys } = target;
  const constraint = specifier === '' ? '*' : specifier;
  const value = valueAtKeys(table, keys);
  if (typeof value === 'string') {
    return replaceString(file, content, keys, constraint);
  }
  if (!isTable(value)) {
    return { kind: 'problem', problem: notFound(file, keys) };
  }
  const sources = Object.keys(value).filter((key) => SOURCE_KEYS.has(key));
  if (sources.length === 0 && typeof value['version'] === 'string') {
    return replaceString(file, content, [...keys, 'version'], constraint);
  }
  const map = mapToml(content);
  const whole = locate(map, keys);
  const isPlain = Object.keys(value).every((key) => key === 'version' || SOURCE_KEYS.has(key));
  if (isPlain && whole?.form === 'inline-table' && whole.pair !== null) {
    const edit = { file, start: whole.start, end: whole.end, text: quoted(constraint) };
    return checkedEdits(file, content, [edit], (all) => withValue(all, keys, constraint));
  }
  const kept = Object.entries(value).filter(([key]) => key !== 'version' && !SOURCE_KEYS.has(key));
  const edits = tableEdits(target, map, constraint);
  return checkedEdits(file, content, edits, (all) =>
    withValue(all, keys, { ...Object.fromEntries(kept), version: constraint }),
  );
}

/** The first pair that names a source, or the version, becomes `version = "…"`; the other ones go. */
function tableEdits({ file, content, keys }: Target, map: TomlMap, constraint: string): readonly TextEdit[] {
  const pairs = map.entries.filter(
    (entry) => entry.pair !== null && entry.keys.length === keys.length + 1 && startsWith(entry.keys, keys),
  );
  const [first, ...others] = pairs.filter((entry) => {
    const key = String(entry.keys.at(-1));
    return key === 'version' || SOURCE_KEYS.has(key);
  });
  if (first === undefined) {
    return [];
  }
  const removals = others.map((entry) => removedPair(file, content, entry, pairs));
  return [versionPair(file, content, first, constraint), ...removals];
}

function versionPair(file: string, content: string, entry: TomlEntry, constraint: string): TextEdit {
  const start = entry.pair?.start ?? entry.start;
  const key = content.slice(start, entry.start).replace(/[\w-]+(["']?\s*=\s*)$/, 'version$1');
  return { file, start, end: entry.end, text: key + quoted(constraint) };
}
