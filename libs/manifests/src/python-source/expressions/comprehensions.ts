import type { SyntaxNode } from '@lezer/common';

import { computed, LIMITS } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { assign, assignAll } from '../statements/targets.ts';
import { children, splitAtCommas } from '../syntax.ts';
import { dict, list, truth } from '../values.ts';
import type { Computed, Scope, Value } from '../values.ts';
import { iterated } from './files.ts';

/** `for targets in items` or `if condition` of a comprehension. */
type Clause =
  | { readonly kind: 'for'; readonly targets: readonly (readonly SyntaxNode[])[]; readonly items: SyntaxNode }
  | { readonly kind: 'if'; readonly condition: SyntaxNode };

interface Collection {
  readonly node: SyntaxNode;
  readonly clauses: readonly Clause[];
  readonly collect: (frame: Frame) => void;
  count: number;
  rest: Computed | null;
}

/** `[element for target in items if condition]`, also in parentheses, braces or as the only argument of a call. */
export function evaluateComprehension(node: SyntaxNode, frame: Frame): Value {
  const parts = children(node).slice(1, -1);
  const [element] = parts;
  const clauses = clausesOf(parts);
  if (element === undefined || clauses === null) return computed(frame, node, 'is a comprehension that is not read');
  const items: Value[] = [];
  const rest = collected(
    { node, clauses, collect: (inner) => items.push(frame.evaluate(element, inner)), count: 0, rest: null },
    frame,
  );
  return list(items, 'list', rest);
}

/** `{key: value for target in items if condition}`. */
export function evaluateDictionaryComprehension(node: SyntaxNode, frame: Frame): Value {
  const parts = children(node).slice(1, -1);
  const [key, colon, element] = parts;
  const clauses = clausesOf(parts);
  if (key === undefined || colon?.name !== ':' || element === undefined || clauses === null) {
    return computed(frame, node, 'is a comprehension that is not read');
  }
  const entries = new Map<string, Value>();
  let unread: Computed | null = null;
  const add = (inner: Frame): void => {
    const name = frame.evaluate(key, inner);
    if (name.kind === 'string') entries.set(name.text, frame.evaluate(element, inner));
    else unread ??= computed(frame, key, 'is a key that cannot be read');
  };
  const rest = collected({ node, clauses, collect: add, count: 0, rest: null }, frame);
  return dict(entries, rest ?? unread);
}

/** The clauses from the first `for` on; null where they are not understood. */
function clausesOf(parts: readonly SyntaxNode[]): readonly Clause[] | null {
  const start = parts.findIndex((part) => part.name === 'for');
  if (start === -1 || parts.some((part) => part.name === 'async')) return null;
  const clauses: Clause[] = [];
  let rest = parts.slice(start);
  while (rest.length > 0) {
    const [keyword, condition] = rest;
    const inAt = rest.findIndex((part) => part.name === 'in');
    const items = rest[inAt + 1];
    if (keyword?.name === 'if' && condition !== undefined) {
      clauses.push({ kind: 'if', condition });
      rest = rest.slice(2);
    } else if (keyword?.name === 'for' && inAt > 0 && items !== undefined) {
      clauses.push({ kind: 'for', targets: splitAtCommas(rest.slice(1, inAt)), items });
      rest = rest.slice(inAt + 2);
    } else return null;
  }
  return clauses;
}

/** Collects every element; gives why there are more than could be read. */
function collected(collection: Collection, frame: Frame): Computed | null {
  collect(collection, 0, frame);
  return collection.rest;
}

function collect(collection: Collection, index: number, frame: Frame): void {
  const clause = collection.clauses[index];
  if (collection.count > LIMITS.items) return;
  if (clause === undefined) {
    collectOne(collection, frame);
  } else if (clause.kind === 'if') {
    const decided = truth(frame.evaluate(clause.condition, frame));
    if (decided === null) collection.rest ??= computed(frame, clause.condition, 'is a condition that cannot be read');
    if (decided === true) collect(collection, index + 1, frame);
  } else {
    const source = iterated(frame.evaluate(clause.items, frame), clause.items, frame);
    collection.rest ??= source.kind === 'list' ? source.rest : source;
    const items = source.kind === 'list' ? source.items : [];
    for (const item of items) collect(collection, index + 1, bound(clause.targets, item, frame));
  }
}

function collectOne(collection: Collection, frame: Frame): void {
  collection.count += 1;
  if (collection.count > LIMITS.items) collection.rest ??= computed(frame, collection.node, 'makes a very long list');
  else collection.collect(frame);
}

function bound(targets: readonly (readonly SyntaxNode[])[], item: Value, frame: Frame): Frame {
  const scope: Scope = { names: new Map(), parent: frame.scope, executed: [] };
  const inner: Frame = { ...frame, scope };
  const [only] = targets;
  if (targets.length === 1 && only?.[0] !== undefined) assign(only[0], item, inner);
  else assignAll(targets, item, inner);
  return inner;
}
