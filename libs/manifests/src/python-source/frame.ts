import type { SyntaxNode } from '@lezer/common';

import { lineOf } from './syntax.ts';
import type { PythonDocument } from './syntax.ts';
import type { Computed, Scope, SourceSpan, Value } from './values.ts';

/** A `setup(…)` call with what is known of its arguments. */
export interface SetupCall {
  readonly keywords: ReadonlyMap<string, Value>;
  /** Set when keywords came from a dictionary that could not be read whole. */
  readonly rest: Computed | null;
  readonly line: number;
}

/** How a statement ended. */
export type Completion =
  | { readonly kind: 'normal' }
  | { readonly kind: 'break' | 'continue' | 'raise' }
  | { readonly kind: 'return'; readonly value: Value };

/** What one evaluation shares: the workspace, its limits, and what it found. */
export interface World {
  /** The folder in which setup.py runs: Python's working directory and first import path. */
  readonly folder: string;
  readonly readText: (path: string) => string | undefined;
  /** Paths that were read. */
  readonly reads: Set<string>;
  readonly calls: SetupCall[];
  readonly modules: Map<string, Scope>;
  /** Steps and nesting that are left; what would exceed them is computed. */
  readonly left: { steps: number; depth: number };
}

/** Where an evaluation stands. The functions close the circle between expressions, calls and statements. */
export interface Frame {
  readonly world: World;
  readonly document: PythonDocument;
  readonly scope: Scope;
  readonly evaluate: (node: SyntaxNode, frame: Frame) => Value;
  /** A node that holds `element for … in …` between its delimiters. */
  readonly comprehension: (node: SyntaxNode, frame: Frame) => Value;
  readonly execute: (statements: readonly SyntaxNode[], frame: Frame) => Completion;
}

export const LIMITS = { steps: 100_000, depth: 400, text: 1_000_000, items: 20_000 } as const;

export function computed(frame: Frame, node: SyntaxNode, reason: string): Computed {
  return { kind: 'computed', reason, file: frame.document.file, line: lineOf(frame.document, node.from) };
}

export function spanOf(frame: Frame, node: SyntaxNode): SourceSpan {
  return { file: frame.document.file, start: node.from, end: node.to };
}

/** The value of a name in the innermost scope that has it. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const value = at.names.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Reads a workspace file and remembers that it was read. */
export function readWorkspaceFile(world: World, path: string): string | undefined {
  if (path.startsWith('../') || path === '..' || path.startsWith('/')) return undefined;
  const text = world.readText(path);
  if (text !== undefined) world.reads.add(path);
  return text;
}
