import type { SyntaxNode } from '@lezer/common';

import { computed } from '../frame.ts';
import type { Completion, Frame } from '../frame.ts';
import { iterated } from '../expressions/files.ts';
import { mergeScopes } from './merge.ts';
import { forget } from './forget.ts';
import { assign, assignAll } from './targets.ts';
import { children, splitAtCommas, statementsOf, textOf } from '../syntax.ts';
import { truth } from '../values.ts';
import type { Scope } from '../values.ts';

const NORMAL: Completion = { kind: 'normal' };

/** `if`/`elif`/`else`: the branch that is taken, or, where that cannot be told, what all of them have in common. */
export function executeIf(statement: SyntaxNode, frame: Frame): Completion {
  return executeBranches(clausesOf(statement), statement, frame);
}

interface Clause {
  /** Null for `else`. */
  readonly condition: SyntaxNode | null;
  readonly body: SyntaxNode;
}

function clausesOf(statement: SyntaxNode): readonly Clause[] {
  const clauses: Clause[] = [];
  let condition: SyntaxNode | null = null;
  for (const node of children(statement)) {
    if (node.name === 'Body') clauses.push({ condition, body: node });
    else if (node.name === 'if' || node.name === 'elif' || node.name === 'else') condition = null;
    else condition = node;
  }
  return clauses;
}

function executeBranches(clauses: readonly Clause[], statement: SyntaxNode, frame: Frame): Completion {
  const [clause, ...others] = clauses;
  if (clause === undefined) return NORMAL;
  const { condition, body } = clause;
  const decided = condition === null ? true : truth(frame.evaluate(condition, frame));
  if (decided === true) return frame.execute(statementsOf(body), frame);
  if (decided === false) return executeBranches(others, statement, frame);
  const then = branch(frame);
  const otherwise = branch(frame);
  const ended = frame.execute(statementsOf(body), then);
  const endedOther = executeBranches(others, statement, otherwise);
  const text = condition === null ? '' : textOf(frame.document, condition).replace(/\s+/g, ' ').slice(0, 60);
  const reason = computed(frame, statement, `depends on ${text}`);
  if (leaves(ended)) return taken(otherwise, endedOther, frame);
  if (leaves(endedOther)) return taken(then, ended, frame);
  mergeScopes(frame.scope, then.scope, otherwise.scope, reason);
  return ended.kind === 'normal' && endedOther.kind === 'normal' ? NORMAL : { kind: 'return', value: reason };
}

/** Whether a branch ends the program; then only the other one goes on. */
function leaves(completion: Completion): boolean {
  return completion.kind === 'raise';
}

function taken(from: Frame, completion: Completion, frame: Frame): Completion {
  adopt(frame.scope, from.scope);
  return completion;
}

function branch(frame: Frame): Frame {
  const { names, parent, executed } = frame.scope;
  frame.world.left.steps -= names.size >> 3;
  return { ...frame, scope: { names: new Map(names), parent, executed: [...executed] } };
}

function adopt(scope: Scope, from: Scope): void {
  for (const [name, value] of from.names) scope.names.set(name, value);
  scope.executed.splice(0, scope.executed.length, ...from.executed);
}

/** `try`: its body is believed, unless it imports something that may be missing; handlers add the names it does not bind. */
export function executeTry(statement: SyntaxNode, frame: Frame): Completion {
  const parts = children(statement);
  const bodies = parts.flatMap((node, index) => {
    if (node.name !== 'Body') return [];
    const keyword = parts.slice(0, index).findLast((part) => KEYWORDS.has(part.name));
    return [{ keyword: keyword?.name ?? '', body: node }];
  });
  const [first] = bodies;
  if (first === undefined) return NORMAL;
  const before = branch(frame);
  const tried = branch(frame);
  const ended = frame.execute(statementsOf(first.body), tried);
  const handler = bodies.find(({ keyword }) => keyword === 'except');
  if (handler === undefined) adopt(frame.scope, tried.scope);
  else {
    const rescued = frame.execute(statementsOf(handler.body), before);
    const believed = first.body.getChild('ImportStatement') === null || leaves(rescued);
    if (ended.kind === 'raise') return taken(before, rescued, frame);
    if (believed) for (const [name, value] of tried.scope.names) before.scope.names.set(name, value);
    const reason = computed(frame, statement, 'depends on what can be imported');
    mergeScopes(frame.scope, tried.scope, before.scope, reason);
  }
  if (ended.kind !== 'normal') return ended;
  for (const { keyword, body } of bodies) {
    if (keyword !== 'else' && keyword !== 'finally') continue;
    const last = frame.execute(statementsOf(body), frame);
    if (last.kind !== 'normal') return last;
  }
  return NORMAL;
}

const KEYWORDS = new Set(['try', 'except', 'else', 'finally']);

/** `for`, item by item, where the items are known. */
export function executeFor(statement: SyntaxNode, frame: Frame): Completion {
  const parts = children(statement);
  const from = parts.findIndex((node) => node.name === 'for');
  const at = parts.findIndex((node) => node.name === 'in');
  const items = parts[at + 1];
  const body = statement.getChild('Body');
  if (items === undefined || body === null) return NORMAL;
  const source = iterated(frame.evaluate(items, frame), items, frame);
  if (source.kind !== 'list' || source.rest !== null) {
    forget(statement, frame, `is assigned in a loop over ${textOf(frame.document, items).slice(0, 60)}`);
    return NORMAL;
  }
  const targets = splitAtCommas(parts.slice(from + 1, at));
  const [only] = targets;
  for (const item of source.items) {
    if (frame.world.left.steps <= 0) break;
    if (targets.length === 1 && only?.[0] !== undefined) assign(only[0], item, frame);
    else assignAll(targets, item, frame);
    const ended = frame.execute(statementsOf(body), frame);
    if (ended.kind === 'break') break;
    if (ended.kind === 'return' || ended.kind === 'raise') return ended;
  }
  return NORMAL;
}
