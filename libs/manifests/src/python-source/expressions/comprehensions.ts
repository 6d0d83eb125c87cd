import type { SyntaxNode } from '@lezer/common';

import { LIMITS } from '../frame.ts';
import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { iterated } from './iteration.ts';
import { assign, assignAll } from '../statements/targets.ts';
import { children, splitAtCommas } from '../syntax.ts';
import { list, truth } from '../values.ts';
import type { Computed, Scope, Value } from '../values.ts';

/** `[element for target in items if condition]` with one `for`. */
export function evaluateComprehension(node: SyntaxNode, frame: Frame): Value {
  const parts = children(node).slice(1, -1);
  const position = (name: string): number => parts.findIndex((part) => part.name === name);
  const [element] = parts;
  const items = parts[position('in') + 1];
  const several = parts.filter((part) => part.name === 'for').length > 1 || position('async') !== -1;
  if (element === undefined || items === undefined || several || position('for') !== 1) {
    return computed(frame, node, 'is a comprehension that is not read');
  }
  const source = iterated(frame.evaluate(items, frame), items, frame);
  if (source.kind !== 'list') return source;
  const conditions = parts.filter((_, index) => parts[index - 1]?.name === 'if');
  const targets = splitAtCommas(parts.slice(2, position('in')));
  const results: Value[] = [];
  let rest: Computed | null = source.rest;
  for (const item of source.items) {
    const scope: Scope = { names: new Map(), parent: frame.scope, executed: [] };
    const inner: Frame = { ...frame, scope };
    if (targets.length === 1 && targets[0]?.[0] !== undefined) assign(targets[0][0], item, inner);
    else assignAll(targets, item, inner);
    const kept = meets(conditions, inner);
    if (kept === true) results.push(frame.evaluate(element, inner));
    else if (kept === null) rest ??= computed(frame, node, 'is a comprehension whose condition cannot be read');
    if (results.length > LIMITS.items) return computed(frame, node, 'makes a very long list');
  }
  return list(results, 'list', rest);
}

function meets(conditions: readonly SyntaxNode[], frame: Frame): boolean | null {
  for (const condition of conditions) {
    const decided = truth(frame.evaluate(condition, frame));
    if (decided !== true) return decided;
  }
  return true;
}
