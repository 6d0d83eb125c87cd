import type { SyntaxNode } from '@lezer/common';

import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, splitAtCommas, textOf, unwrapped } from '../syntax.ts';
import { dict } from '../values.ts';
import type { Scope, Value } from '../values.ts';

/** Assigns to `name`, `name[key]`, or a tuple of such; anything else (attributes) is of no interest here. */
export function assign(target: SyntaxNode, value: Value, frame: Frame): void {
  const node = unwrapped(target);
  if (node.name === 'VariableName') {
    frame.scope.names.set(textOf(frame.document, node), value);
  } else if (node.name === 'TupleExpression' || node.name === 'ArrayExpression') {
    assignAll(splitAtCommas(children(node).slice(1, -1)), value, frame);
  } else if (node.name === 'MemberExpression') {
    assignEntry(node, value, frame);
  }
}

/** `a, b = value`. */
export function assignAll(targets: readonly (readonly SyntaxNode[])[], value: Value, frame: Frame): void {
  const items =
    value.kind === 'list' && value.rest === null && value.items.length === targets.length ? value.items : null;
  for (const [index, [target]] of targets.entries()) {
    if (target === undefined) continue;
    const unknown = value.kind === 'computed' ? value : computed(frame, target, 'is unpacked from another value');
    assign(target, items?.[index] ?? unknown, frame);
  }
}

function assignEntry(node: SyntaxNode, value: Value, frame: Frame): void {
  const [object, bracket, key] = children(node);
  if (object === undefined || key === undefined || bracket?.name !== '[') return;
  const container = frame.evaluate(object, frame);
  const at = frame.evaluate(key, frame);
  if (container.kind !== 'dict') return;
  const changed =
    at.kind === 'string'
      ? { ...container, entries: new Map([...container.entries, [at.text, value]]) }
      : dict(container.entries, container.rest ?? computed(frame, key, 'is a key that cannot be read'));
  rebind(object, changed, frame);
}

/** Gives a name (or an entry of a dictionary) its changed value, in the scope that holds it. */
export function rebind(node: SyntaxNode, value: Value, frame: Frame): void {
  const target = unwrapped(node);
  if (target.name !== 'VariableName') {
    assign(target, value, frame);
    return;
  }
  const name = textOf(frame.document, target);
  for (let at: Scope | null = frame.scope; at !== null; at = at.parent) {
    if (!at.names.has(name)) continue;
    at.names.set(name, value);
    return;
  }
}
