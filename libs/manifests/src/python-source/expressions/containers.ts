import type { SyntaxNode } from '@lezer/common';

import { computed, spanOf } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { extended } from './operators.ts';
import { children, splitAtCommas } from '../syntax.ts';
import { dict, list } from '../values.ts';
import type { Computed, ListValue, Value } from '../values.ts';

const SHAPES: Readonly<Record<string, ListValue['shape']>> = { TupleExpression: 'tuple', SetExpression: 'set' };

/** `[a, *b]`, `(a, b)`, `{a, b}`. */
export function evaluateSequence(node: SyntaxNode, frame: Frame): Value {
  let value = list([], SHAPES[node.name] ?? 'list');
  const items: Value[] = [];
  for (const [first, second] of splitAtCommas(children(node).slice(1, -1))) {
    if (first?.name === '*' && second !== undefined) {
      const unpacked = extended(list(items.splice(0)), frame.evaluate(second, frame), { node: second, frame });
      if (unpacked.kind !== 'list') return unpacked;
      value = { ...value, items: [...value.items, ...unpacked.items], rest: value.rest ?? unpacked.rest };
    } else if (first !== undefined) {
      items.push(placed(frame.evaluate(first, frame), first, frame));
    }
  }
  return { ...value, items: [...value.items, ...items] };
}

/** A string that stands nowhere as such is known by the expression that made it. */
export function placed(value: Value, node: SyntaxNode, frame: Frame): Value {
  return value.kind === 'string' && value.origin === null ? { ...value, expression: spanOf(frame, node) } : value;
}

/** `{"key": value, **other}`. */
export function evaluateDictionary(node: SyntaxNode, frame: Frame): Value {
  const entries = new Map<string, Value>();
  let rest: Computed | null = null;
  for (const group of splitAtCommas(children(node).slice(1, -1))) {
    const [first, second] = group;
    if (first === undefined) continue;
    const last = group.at(-1) ?? first;
    if (first.name === '**') {
      const other = second === undefined ? null : frame.evaluate(second, frame);
      rest ??= addEntries(entries, other) ? null : computed(frame, first, 'unpacks what cannot be read');
      continue;
    }
    const key = frame.evaluate(first, frame);
    if (key.kind === 'string') entries.set(key.text, placed(frame.evaluate(last, frame), last, frame));
    else rest ??= computed(frame, first, 'is a key that cannot be read');
  }
  return dict(entries, rest);
}

/** False where the dictionary is not known as a whole. */
function addEntries(entries: Map<string, Value>, other: Value | null): boolean {
  if (other?.kind !== 'dict') return false;
  for (const [key, value] of other.entries) entries.set(key, value);
  return other.rest === null;
}
