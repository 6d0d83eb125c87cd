import type { SyntaxNode } from '@lezer/common';

import { executeFor, executeIf, executeTry } from './branches.ts';
import { forget } from './forget.ts';
import { placed } from '../expressions/containers.ts';
import { assignmentParts } from '../find-assignment.ts';
import { functionValue } from '../expressions/functions.ts';
import { computed } from '../frame.ts';
import type { Completion, Frame } from '../frame.ts';
import { bindImport } from './imports.ts';
import { combine } from '../expressions/operators.ts';
import { assign, assignAll, rebind } from './targets.ts';
import { children, splitAtCommas, statementsOf, textOf } from '../syntax.ts';
import { list, NONE } from '../values.ts';
import type { Value } from '../values.ts';

const NORMAL: Completion = { kind: 'normal' };

/** Runs statements in order until one of them leaves. */
export function executeAll(statements: readonly SyntaxNode[], frame: Frame): Completion {
  for (const statement of statements) {
    const { left } = frame.world;
    if (left.steps <= 0 || left.depth <= 0) {
      forget(statement, frame, 'takes too long to follow');
      continue;
    }
    left.steps -= 1;
    left.depth -= 1;
    const ended = executeStatement(statement, frame);
    left.depth += 1;
    if (ended.kind !== 'normal') return ended;
  }
  return NORMAL;
}

type Executor = (statement: SyntaxNode, frame: Frame) => Completion;

const EXECUTORS: Readonly<Record<string, Executor>> = {
  AssignStatement: executeAssignment,
  UpdateStatement: executeUpdate,
  ExpressionStatement: executeExpression,
  ImportStatement: (statement, frame) => {
    bindImport(statement, frame);
    return NORMAL;
  },
  FunctionDefinition: executeDefinition,
  WithStatement: executeWith,
  IfStatement: executeIf,
  TryStatement: executeTry,
  ForStatement: executeFor,
  ReturnStatement: (statement, frame) => ({ kind: 'return', value: tupled(children(statement).slice(1), frame) }),
  RaiseStatement: () => ({ kind: 'raise' }),
  BreakStatement: () => ({ kind: 'break' }),
  ContinueStatement: () => ({ kind: 'continue' }),
};

const WITHOUT_EFFECT = new Set([
  'PassStatement',
  'AssertStatement',
  'PrintStatement',
  'ScopeStatement',
  'DeleteStatement',
]);

function executeStatement(statement: SyntaxNode, frame: Frame): Completion {
  const executor = Object.hasOwn(EXECUTORS, statement.name) ? EXECUTORS[statement.name] : undefined;
  if (executor !== undefined) return executor(statement, frame);
  if (!WITHOUT_EFFECT.has(statement.name)) forget(statement, frame, 'is assigned where it is not followed');
  return NORMAL;
}

/** `a` or `a, b` as one value. */
function tupled(nodes: readonly SyntaxNode[], frame: Frame): Value {
  const groups = splitAtCommas(nodes);
  const values = groups.flatMap(([node]) =>
    node === undefined ? [] : [placed(frame.evaluate(node, frame), node, frame)],
  );
  const [only] = values;
  if (nodes.some((node) => node.name === ',')) return list(values, 'tuple');
  return only ?? NONE;
}

function executeAssignment(statement: SyntaxNode, frame: Frame): Completion {
  const parts = assignmentParts(statement);
  if (parts.length < 2) return NORMAL;
  const value = tupled(parts.at(-1) ?? [], frame);
  for (const target of parts.slice(0, -1)) {
    const [only] = target;
    if (target.length === 1 && only !== undefined) assign(only, value, frame);
    else assignAll(splitAtCommas(target), value, frame);
  }
  return NORMAL;
}

function executeUpdate(statement: SyntaxNode, frame: Frame): Completion {
  const [target, operator, ...value] = children(statement);
  if (target === undefined || operator === undefined) return NORMAL;
  const sign = textOf(frame.document, operator).slice(0, -1);
  const before = frame.evaluate(target, frame);
  rebind(target, combine(sign, before, tupled(value, frame), { node: statement, frame }), frame);
  return NORMAL;
}

const EXITS = new Set(['sys.exit', 'exit', 'quit', 'os._exit']);

function executeExpression(statement: SyntaxNode, frame: Frame): Completion {
  const expression = statement.firstChild;
  if (expression === null) return NORMAL;
  const callee = expression.name === 'CallExpression' ? expression.firstChild : null;
  if (callee !== null && EXITS.has(textOf(frame.document, callee))) return { kind: 'raise' };
  frame.evaluate(expression, frame);
  return NORMAL;
}

function executeDefinition(statement: SyntaxNode, frame: Frame): Completion {
  const name = statement.getChild('VariableName');
  if (name === null) return NORMAL;
  const text = textOf(frame.document, name);
  const generator = /\byield\b/.test(textOf(frame.document, statement));
  const value = generator ? computed(frame, statement, `calls ${text}()`) : functionValue(statement, text, frame);
  frame.scope.names.set(text, value);
  return NORMAL;
}

/** `with open(…) as name:`; other managers bind what cannot be read. */
function executeWith(statement: SyntaxNode, frame: Frame): Completion {
  const body = statement.getChild('Body');
  const managers = children(statement).filter(
    (node) => node.name !== 'with' && node.name !== 'async' && node.name !== 'Body',
  );
  for (const [manager, as, target] of splitAtCommas(managers)) {
    if (manager === undefined) continue;
    const value = frame.evaluate(manager, frame);
    if (as?.name === 'as' && target !== undefined) assign(target, value, frame);
  }
  return body === null ? NORMAL : frame.execute(statementsOf(body), frame);
}
