import { parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { TomlKeys } from './with-value.ts';

/** A span of the content: UTF-16 offsets, a byte order mark counts as one. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** One value of a document with the place where it stands. */
export interface TomlEntry extends Span {
  readonly keys: TomlKeys;
  readonly form: 'string' | 'inline-table' | 'array' | 'other';
  /** The whole `key = value`; null for an element of an array. */
  readonly pair: Span | null;
  /** Whether the pair stands on lines of its own, not inside `{ }`. */
  readonly ownLine: boolean;
}

/** One `[header]` with its lines. `end` is after its last pair or its header. */
interface TomlHeader extends Span {
  readonly keys: TomlKeys;
}

export interface TomlMap {
  readonly entries: readonly TomlEntry[];
  readonly headers: readonly TomlHeader[];
}

let latest: { readonly content: string; readonly map: TomlMap } | null = null;

/** Where everything stands in a document that smol-toml could read. Remembers the latest, for several edits of one file. */
export function mapToml(content: string): TomlMap {
  if (latest?.content !== content) {
    latest = { content, map: readMap(content) };
  }
  return latest.map;
}

/** The entry at exactly `keys`, or undefined. */
export function locate(map: TomlMap, keys: TomlKeys): TomlEntry | undefined {
  return map.entries.find((entry) => sameKeys(entry.keys, keys));
}

export function startsWith(keys: TomlKeys, prefix: TomlKeys): boolean {
  return prefix.length <= keys.length && prefix.every((key, index) => key === keys[index]);
}

function sameKeys(left: TomlKeys, right: TomlKeys): boolean {
  return left.length === right.length && startsWith(left, right);
}

function readMap(content: string): TomlMap {
  const shift = content.startsWith('\uFEFF') ? 1 : 0;
  const top = parseTOML(content.slice(shift), { tomlVersion: '1.1' }).body[0];
  const entries: TomlEntry[] = [];
  const headers: TomlHeader[] = [];
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') {
      addPair(node, { base: [], ownLine: true, shift, entries });
    } else {
      headers.push({ keys: node.resolvedKey, ...spanOf(node, shift) });
      for (const pair of node.body) {
        addPair(pair, { base: node.resolvedKey, ownLine: true, shift, entries });
      }
    }
  }
  return { entries, headers };
}

interface Walk {
  readonly base: TomlKeys;
  readonly ownLine: boolean;
  readonly shift: number;
  readonly entries: TomlEntry[];
}

function addPair(node: AST.TOMLKeyValue, walk: Walk): void {
  const keys = [...walk.base, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
  addValue(node.value, { ...walk, base: keys }, spanOf(node, walk.shift));
}

function addValue(node: AST.TOMLContentNode, walk: Walk, pair: Span | null): void {
  walk.entries.push({ keys: walk.base, form: formOf(node), pair, ownLine: walk.ownLine, ...spanOf(node, walk.shift) });
  if (node.type === 'TOMLInlineTable') {
    for (const inner of node.body) {
      addPair(inner, { ...walk, ownLine: false });
    }
  } else if (node.type === 'TOMLArray') {
    for (const [index, element] of node.elements.entries()) {
      addValue(element, { ...walk, base: [...walk.base, index], ownLine: false }, null);
    }
  }
}

function formOf(node: AST.TOMLContentNode): TomlEntry['form'] {
  if (node.type === 'TOMLValue') {
    return node.kind === 'string' ? 'string' : 'other';
  }
  return node.type === 'TOMLInlineTable' ? 'inline-table' : 'array';
}

function spanOf(node: AST.TOMLNode, shift: number): Span {
  return { start: node.range[0] + shift, end: node.range[1] + shift };
}
