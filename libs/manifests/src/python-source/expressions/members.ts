import { basename, dirname } from 'node:path/posix';

import type { SyntaxNode } from '@lezer/common';

import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { moduleAttribute, resolved } from '../statements/modules.ts';
import { children, textOf } from '../syntax.ts';
import { list, NONE, number, slice } from '../values.ts';
import type { DictValue, MatchValue, StringValue, Value } from '../values.ts';

/** `value.name` and `value[key]`. */
export function evaluateMember(node: SyntaxNode, frame: Frame): Value {
  const [object, ...parts] = children(node);
  if (object === undefined) return computed(frame, node, 'is incomplete');
  const value = frame.evaluate(object, frame);
  const [dot, property] = parts;
  if (dot?.name === '.' && property !== undefined)
    return attribute(value, textOf(frame.document, property), node, frame);
  const keys = parts.slice(1, -1);
  const unread = computed(frame, node, `is ${textOf(frame.document, node).slice(0, 60)}`);
  if (keys.some((key) => key.name === ':')) return sliced(value, keys, frame) ?? unread;
  const [only] = keys;
  if (only === undefined || keys.length > 1) return unread;
  return subscript(value, frame.evaluate(only, frame), frame) ?? (value.kind === 'computed' ? value : unread);
}

function attribute(value: Value, name: string, node: SyntaxNode, frame: Frame): Value {
  switch (value.kind) {
    case 'computed':
      return value;
    case 'known':
      return value.name === 'sys.version_info' && name === 'major'
        ? number(3)
        : { kind: 'known', name: `${value.name}.${name}` };
    case 'module':
      if (name === 'load_module') return { kind: 'method', receiver: value, name };
      return (
        moduleAttribute(frame, value.path, name) ??
        computed(frame, node, `is ${name}, which ${value.path} does not assign`)
      );
    case 'path':
      return pathAttribute(value.path, name) ?? { kind: 'method', receiver: value, name };
    default:
      return { kind: 'method', receiver: value, name };
  }
}

function pathAttribute(path: string, name: string): Value | null {
  if (name === 'parent') return { kind: 'path', path: dirname(path) };
  return name === 'name' ? { kind: 'string', text: basename(path), origin: null, expression: null } : null;
}

/** An entry of a dictionary, also one that a file executed into it. */
export function dictionaryEntry(value: DictValue, key: string, frame: Frame): Value | null {
  const own = value.entries.get(key);
  if (own !== undefined) return resolved(frame, own);
  for (const path of value.executed.toReversed()) {
    const found = moduleAttribute(frame, path, key);
    if (found !== null) return found;
  }
  return value.rest;
}

export function matchGroup(match: MatchValue, key: Value | undefined): Value | null {
  if (key === undefined) return match.groups[0] ?? NONE;
  if (key.kind === 'number') return match.groups[key.value] ?? null;
  return key.kind === 'string' ? (match.names.get(key.text) ?? null) : null;
}

function subscript(value: Value, key: Value, frame: Frame): Value | null {
  if (value.kind === 'known' && value.name === 'sys.version_info') {
    return key.kind === 'number' && key.value === 0 ? number(3) : null;
  }
  if (value.kind === 'dict') return key.kind === 'string' ? dictionaryEntry(value, key.text, frame) : null;
  if (value.kind === 'match') return matchGroup(value, key);
  if (key.kind !== 'number') return null;
  if (value.kind === 'list') return value.rest === null ? (value.items.at(key.value) ?? null) : null;
  return value.kind === 'string' ? characterAt(value, key.value) : null;
}

function characterAt(value: StringValue, index: number): Value | null {
  const at = index < 0 ? value.text.length + index : index;
  return at >= 0 && at < value.text.length ? slice(value, at, at + 1) : null;
}

/** `value[from:to]`; steps are not understood. */
function sliced(value: Value, keys: readonly SyntaxNode[], frame: Frame): Value | null {
  if (value.kind === 'known' && value.name === 'sys.version_info') return value;
  const colon = keys.findIndex((key) => key.name === ':');
  const bounds = [...keys.slice(0, colon), ...keys.slice(colon + 1)];
  if (keys.length - bounds.length > 1 || keys.length > 3) return null;
  const bound = (node: SyntaxNode | undefined): number | null => {
    const found = node === undefined ? null : frame.evaluate(node, frame);
    return found?.kind === 'number' ? found.value : null;
  };
  const from = colon === 0 ? 0 : bound(keys[0]);
  const end = keys[colon + 1];
  const to = end === undefined ? undefined : bound(end);
  if (from === null || to === null) return null;
  if (value.kind === 'list' && value.rest === null) return list(value.items.slice(from, to), value.shape);
  return value.kind === 'string' ? slicedText(value, from, to) : null;
}

function slicedText(value: StringValue, from: number, to: number | undefined): Value {
  const size = value.text.length;
  const clamp = (at: number): number => Math.min(size, Math.max(0, at < 0 ? size + at : at));
  const start = clamp(from);
  return slice(value, start, Math.max(start, to === undefined ? size : clamp(to)));
}
