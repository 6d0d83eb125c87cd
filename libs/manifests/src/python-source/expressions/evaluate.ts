import type { SyntaxNode } from '@lezer/common';

import { evaluateCall } from './calls.ts';
import { evaluateComprehension, evaluateDictionaryComprehension } from './comprehensions.ts';
import { evaluateDictionary, evaluateSequence } from './containers.ts';
import { formatString, joined } from './format.ts';
import { functionValue } from './functions.ts';
import { computed, lookUp, spanOf } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { evaluateMember } from './members.ts';
import { executedName, resolved } from '../statements/modules.ts';
import { evaluateBinary } from './operators.ts';
import { readStringLiteral } from '../string-literal.ts';
import { children, operands, textOf, unwrapped } from '../syntax.ts';
import { boolean, NONE, number, string, truth } from '../values.ts';
import type { Value } from '../values.ts';

/** What an expression evaluates to, as far as it can be told without running it. Never throws; ends by its step budget. */
export function evaluate(expression: SyntaxNode, frame: Frame): Value {
  const { left } = frame.world;
  const node = unwrapped(expression);
  if (left.steps <= 0 || left.depth <= 0) return computed(frame, node, 'takes too long to follow');
  left.steps -= 1;
  left.depth -= 1;
  const value = evaluateNode(node, frame);
  left.depth += 1;
  return value;
}

type Evaluator = (node: SyntaxNode, frame: Frame) => Value;

const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  String: evaluateString,
  FormatString: formatString,
  ContinuedString: (node, frame) =>
    joined(
      operands(node).map((part) => frame.evaluate(part, frame)),
      node,
      frame,
    ),
  Number: evaluateNumber,
  Boolean: (node, frame) => boolean(textOf(frame.document, node) === 'True'),
  None: () => NONE,
  VariableName: evaluateName,
  ArrayExpression: evaluateSequence,
  TupleExpression: evaluateSequence,
  SetExpression: evaluateSequence,
  DictionaryExpression: evaluateDictionary,
  ArrayComprehensionExpression: evaluateComprehension,
  SetComprehensionExpression: evaluateComprehension,
  ComprehensionExpression: evaluateComprehension,
  DictionaryComprehensionExpression: evaluateDictionaryComprehension,
  MemberExpression: evaluateMember,
  CallExpression: evaluateCall,
  BinaryExpression: evaluateBinary,
  UnaryExpression: evaluateUnary,
  ConditionalExpression: evaluateConditional,
  LambdaExpression: (node, frame) => functionValue(node, 'lambda', frame),
};

function evaluateNode(node: SyntaxNode, frame: Frame): Value {
  const evaluator = Object.hasOwn(EVALUATORS, node.name) ? EVALUATORS[node.name] : undefined;
  return evaluator?.(node, frame) ?? computed(frame, node, `is ${textOf(frame.document, node).slice(0, 60)}`);
}

function evaluateString(node: SyntaxNode, frame: Frame): Value {
  const literal = readStringLiteral(frame.document, node);
  if (literal === null) return computed(frame, node, 'is a string without an end');
  if (!literal.verbatim || literal.bytes) return { ...string(literal.value), expression: spanOf(frame, node) };
  return string(literal.value, { file: frame.document.file, start: literal.start, end: literal.end });
}

function evaluateNumber(node: SyntaxNode, frame: Frame): Value {
  const text = textOf(frame.document, node);
  return /^(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text)
    ? number(Number(text), text)
    : computed(frame, node, `is ${text}`);
}

function evaluateName(node: SyntaxNode, frame: Frame): Value {
  const name = textOf(frame.document, node);
  const known = resolved(frame, lookUp(frame.scope, name)) ?? executedName(frame, frame.scope, name);
  return known ?? { kind: 'known', name };
}

function evaluateUnary(node: SyntaxNode, frame: Frame): Value {
  const [operator, operand] = children(node);
  const value = operand === undefined ? NONE : frame.evaluate(operand, frame);
  const sign = operator === undefined ? '' : textOf(frame.document, operator);
  const decided = truth(value);
  if (sign === 'not' && decided !== null) return boolean(!decided);
  if (sign === '-' && value.kind === 'number') return number(-value.value);
  return value.kind === 'computed' ? value : computed(frame, node, `is ${textOf(frame.document, node).slice(0, 60)}`);
}

function evaluateConditional(node: SyntaxNode, frame: Frame): Value {
  const [positive, , condition, , negative] = children(node);
  if (positive === undefined || condition === undefined || negative === undefined) {
    return computed(frame, node, 'is incomplete');
  }
  const decided = truth(frame.evaluate(condition, frame));
  if (decided !== null) return frame.evaluate(decided ? positive : negative, frame);
  return computed(frame, node, `depends on ${textOf(frame.document, condition).slice(0, 60)}`);
}
