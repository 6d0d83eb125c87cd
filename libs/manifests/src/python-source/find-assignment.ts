import type { SyntaxNode } from '@lezer/common';

import { readStringLiteral } from './string-literal.ts';
import { children, lineOf, parsePython, splitAtCommas, statementsOf, textOf, unwrapped } from './syntax.ts';
import type { PythonDocument } from './syntax.ts';

/** What a module assigns to a name at its top level. */
export type Assignment =
  /** A string literal; `start` and `end` enclose the text between its quotes, UTF-16 offsets into the source. */
  | { readonly kind: 'literal'; readonly value: string; readonly start: number; readonly end: number }
  /** Something else; `reason` completes the sentence "NAME is …" and names the line. */
  | { readonly kind: 'computed'; readonly reason: string }
  | { readonly kind: 'absent' };

/**
 * The first module-level assignment of `name`, as setuptools (`StaticModule`) and flit look for it: never inside `if`,
 * `try`, `with`, a function or a class. Never throws.
 */
export function findAssignment(source: string, name: string): Assignment {
  if (!source.includes(name)) return { kind: 'absent' };
  const document = parsePython('', source);
  for (const statement of statementsOf(document.root)) {
    if (statement.name !== 'AssignStatement') continue;
    const value = assignedValue(document, statement, name);
    if (value !== null) return asAssignment(document, value);
  }
  return { kind: 'absent' };
}

/** Splits `a = b = value` and `a: T = value` at their equal signs; the last part is the value. */
export function assignmentParts(statement: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of children(statement)) {
    if (node.name === 'AssignOp') parts.push([]);
    else if (node.name !== 'TypeDef') parts.at(-1)?.push(node);
  }
  return parts;
}

function assignedValue(document: PythonDocument, statement: SyntaxNode, name: string): readonly SyntaxNode[] | null {
  const parts = assignmentParts(statement);
  const value = parts.at(-1) ?? [];
  if (parts.length < 2) return null;
  for (const target of parts.slice(0, -1)) {
    const names = targetNames(document, target);
    const index = names.indexOf(name);
    if (index === -1) continue;
    return names.length === 1 ? value : (elements(value)[index] ?? value);
  }
  return null;
}

function targetNames(document: PythonDocument, target: readonly SyntaxNode[]): readonly string[] {
  return elements(target).map(([node]) => (node?.name === 'VariableName' ? textOf(document, node) : ''));
}

/** The parts of `a, b` or `(a, b)`; one part where it is no tuple. */
function elements(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const [only] = nodes;
  if (nodes.length === 1 && only?.name === 'TupleExpression') return splitAtCommas(children(only).slice(1, -1));
  return splitAtCommas(nodes);
}

function asAssignment(document: PythonDocument, nodes: readonly SyntaxNode[]): Assignment {
  const [first] = nodes;
  if (first === undefined) return { kind: 'computed', reason: 'assigned no value' };
  const computed = (what: string): Assignment => {
    return { kind: 'computed', reason: `${what} (line ${String(lineOf(document, first.from))})` };
  };
  if (nodes.length > 1) return computed('a tuple');
  const node = unwrapped(first);
  if (node.name !== 'String') return computed(DESCRIPTIONS[node.name] ?? 'an expression');
  const literal = readStringLiteral(document, node);
  if (literal === null) return computed('a string without an end');
  if (literal.bytes) return computed('a bytes literal');
  if (!literal.verbatim) return computed('a string with escapes');
  return { kind: 'literal', value: literal.value, start: literal.start, end: literal.end };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  TupleExpression: 'a tuple',
  ArrayExpression: 'a list',
  ContinuedString: 'a string in several parts',
  FormatString: 'an f-string',
  CallExpression: 'the result of a call',
  BinaryExpression: 'put together by an operator',
  ConditionalExpression: 'a conditional expression',
  MemberExpression: 'an attribute of something else',
  VariableName: 'a copy of another name',
  Number: 'a number',
  None: 'None',
};
