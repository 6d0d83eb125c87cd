import type { SyntaxNode } from '@lezer/common';

import type { PythonDocument } from './syntax.ts';

/** A piece of a workspace file, UTF-16 offsets. */
export interface SourceSpan {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What the evaluator knows of a Python value. All values are immutable: a method that mutates rebinds the name. */
export type Value =
  | StringValue
  | ListValue
  | DictValue
  | Computed
  | { readonly kind: 'number'; readonly value: number; /** As `str()` gives it. */ readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  /** A place in the workspace: `__file__` and what os.path and pathlib derive from it. */
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string }
  | MatchValue
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  /** A name that is not of this workspace, dotted: `os.path.join`, `setuptools.setup`, `open`. */
  | { readonly kind: 'known'; readonly name: string }
  /** A Python file of the workspace, run only when one of its names is needed. */
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'attribute'; readonly path: string; readonly name: string }
  | FunctionValue
  | { readonly kind: 'method'; readonly receiver: Value; readonly name: string };

export interface StringValue {
  readonly kind: 'string';
  readonly text: string;
  /** Where these very characters stand; null when they were put together. */
  readonly origin: SourceSpan | null;
  /** The list element, keyword argument or other whole expression that gave a string without origin. */
  readonly expression: SourceSpan | null;
}

export interface ListValue {
  readonly kind: 'list';
  readonly shape: 'list' | 'tuple' | 'set';
  readonly items: readonly Value[];
  /** Why there are more items than could be read; null when these are all. */
  readonly rest: Computed | null;
}

export interface DictValue {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, Value>;
  readonly rest: Computed | null;
  /** Files that were executed into this dictionary, the latest last. */
  readonly executed: readonly string[];
}

export interface MatchValue {
  readonly kind: 'match';
  readonly groups: readonly Value[];
  readonly names: ReadonlyMap<string, Value>;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly node: SyntaxNode;
  readonly document: PythonDocument;
  readonly scope: Scope;
}

/** A value that only running the code can tell; `reason` says what it comes from. */
export interface Computed {
  readonly kind: 'computed';
  readonly reason: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** The names of a module or of one function call. */
export interface Scope {
  readonly names: Map<string, Value>;
  readonly parent: Scope | null;
  /** Files whose names are visible here through `import *` and `exec`. */
  readonly executed: string[];
}

export const NONE: Value = { kind: 'none' };

export function string(text: string, origin: SourceSpan | null = null): StringValue {
  return { kind: 'string', text, origin, expression: null };
}

export function boolean(value: boolean): Value {
  return { kind: 'boolean', value };
}

export function number(value: number, text: string = String(value)): Value {
  return { kind: 'number', value, text };
}

export function list(
  items: readonly Value[],
  shape: ListValue['shape'] = 'list',
  rest: Computed | null = null,
): ListValue {
  return { kind: 'list', shape, items, rest };
}

export function dict(entries: ReadonlyMap<string, Value>, rest: Computed | null = null): DictValue {
  return { kind: 'dict', entries, rest, executed: [] };
}

/** The part `[from, to)` of a string, with the part of its origin. */
export function slice(value: StringValue, from: number, to: number): StringValue {
  const { origin } = value;
  const part = origin === null ? null : { file: origin.file, start: origin.start + from, end: origin.start + to };
  return string(value.text.slice(from, to), part);
}

/** Python's truth of a value; null when it cannot be told. */
export function truth(value: Value): boolean | null {
  switch (value.kind) {
    case 'string':
      return value.text !== '';
    case 'number':
      return value.value !== 0;
    case 'boolean':
      return value.value;
    case 'none':
      return false;
    case 'list':
      return value.items.length > 0 ? true : emptiness(value.rest);
    case 'dict':
      return value.entries.size > 0 ? true : emptiness(value.rest);
    case 'computed':
    case 'known':
    case 'attribute':
      return null;
    default:
      return true;
  }
}

function emptiness(rest: Computed | null): boolean | null {
  return rest === null ? false : null;
}
