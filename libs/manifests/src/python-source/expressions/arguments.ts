import type { SyntaxNode } from '@lezer/common';

import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, splitAtCommas, textOf } from '../syntax.ts';
import { list } from '../values.ts';
import type { Computed, Value } from '../values.ts';

/** The evaluated arguments of one call. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** Why there are more than these; null when these are all. */
  readonly rest: Computed | null;
  /** The nodes of the positional arguments, as far as each stands for one. */
  readonly nodes: readonly SyntaxNode[];
}

/** Evaluates an `ArgList`, `*` and `**` unpacked. */
export function evaluateArguments(argList: SyntaxNode, frame: Frame): Arguments {
  const inner = children(argList).slice(1, -1);
  const positional: Value[] = [];
  const nodes: SyntaxNode[] = [];
  const keywords = new Map<string, Value>();
  let rest: Computed | null = null;
  for (const group of argumentGroups(inner)) {
    const [first, second, third] = group;
    if (first === undefined) continue;
    if (first.name === '**' && second !== undefined) {
      rest = unpackDictionary(frame.evaluate(second, frame), keywords, second, frame) ?? rest;
    } else if (first.name === '*' && second !== undefined) {
      rest = unpackList(frame.evaluate(second, frame), positional, second, frame) ?? rest;
    } else if (second?.name === 'AssignOp' && third !== undefined) {
      keywords.set(textOf(frame.document, first), frame.evaluate(third, frame));
    } else {
      nodes.push(first);
      positional.push(second === undefined ? frame.evaluate(first, frame) : generated(argList, frame));
    }
  }
  return { positional, keywords, rest, nodes };
}

/** A generator expression is the only argument of its call: its commas are not the call's. */
function argumentGroups(inner: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  return inner.some((node) => node.name === 'for') ? [inner] : splitAtCommas(inner);
}

function generated(argList: SyntaxNode, frame: Frame): Value {
  return frame.comprehension(argList, frame);
}

function unpackDictionary(value: Value, keywords: Map<string, Value>, node: SyntaxNode, frame: Frame): Computed | null {
  if (value.kind !== 'dict')
    return value.kind === 'computed' ? value : computed(frame, node, 'unpacks what cannot be read');
  for (const [key, entry] of value.entries) keywords.set(key, entry);
  return value.rest;
}

function unpackList(value: Value, positional: Value[], node: SyntaxNode, frame: Frame): Computed | null {
  if (value.kind !== 'list')
    return value.kind === 'computed' ? value : computed(frame, node, 'unpacks what cannot be read');
  positional.push(...list(value.items).items);
  return value.rest;
}
