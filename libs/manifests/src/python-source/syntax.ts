import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

/** A parsed Python file. Offsets of its nodes are UTF-16 offsets into `source`, byte order mark included. */
export interface PythonDocument {
  /** Workspace-relative path. */
  readonly file: string;
  readonly source: string;
  readonly root: SyntaxNode;
  /** Offsets at which the lines begin. */
  readonly lines: readonly number[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Parses with error recovery: any text gives a tree. The grammar would take a byte order mark for a letter of the first name. */
export function parsePython(file: string, source: string): PythonDocument {
  const text = source.startsWith(BYTE_ORDER_MARK) ? `\n${source.slice(1)}` : source;
  const lines = [0, ...Array.from(source.matchAll(/\n/g), (match) => match.index + 1)];
  return { file, source, root: parser.parse(text).topNode, lines };
}

/** The node's children without comments, in order, punctuation included. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', ';']);

/** The node's children without comments and punctuation. */
export function operands(node: SyntaxNode): readonly SyntaxNode[] {
  return children(node).filter((child) => !PUNCTUATION.has(child.name));
}

/** Splits sibling nodes at the commas between them; a comma at the end adds nothing. */
export function splitAtCommas(nodes: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') groups.push([]);
    else groups.at(-1)?.push(node);
  }
  return groups.filter((group) => group.length > 0);
}

export function textOf(document: PythonDocument, node: SyntaxNode): string {
  return document.source.slice(node.from, node.to);
}

/** 1-based line of an offset. */
export function lineOf(document: PythonDocument, offset: number): number {
  let low = 0;
  let high = document.lines.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((document.lines[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** The expression inside any number of parentheses. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === 'ParenthesizedExpression') {
    const [only, ...more] = operands(inner);
    if (only === undefined || more.length > 0) return inner;
    inner = only;
  }
  return inner;
}

/** The statements of a body or file, with `a; b` taken apart. */
export function statementsOf(body: SyntaxNode): readonly SyntaxNode[] {
  return children(body).flatMap((node) => {
    if (node.name === 'StatementGroup') return operands(node);
    return node.name === ':' || node.name === ';' ? [] : [node];
  });
}
