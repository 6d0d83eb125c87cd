import { join, normalize } from 'node:path/posix';

import type { SyntaxNode } from '@lezer/common';

import { asText, joined, percentFormat } from './format.ts';
import { computed, LIMITS } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, textOf } from '../syntax.ts';
import { boolean, list, number, truth } from '../values.ts';
import type { ListValue, Value } from '../values.ts';

/** `a + b`, `a and b`, `a not in b`, … */
export function evaluateBinary(node: SyntaxNode, frame: Frame): Value {
  const parts = children(node);
  const [leftNode] = parts;
  const rightNode = parts.at(-1);
  if (leftNode === undefined || rightNode === undefined || parts.length < 3) return unread(node, frame);
  const operator = parts
    .slice(1, -1)
    .map((part) => textOf(frame.document, part))
    .join(' ');
  const left = frame.evaluate(leftNode, frame);
  if (operator === 'and' || operator === 'or') {
    const decided = truth(left);
    if (decided === null) return left.kind === 'computed' ? left : unread(node, frame);
    return decided === (operator === 'or') ? left : frame.evaluate(rightNode, frame);
  }
  return combine(operator, left, frame.evaluate(rightNode, frame), { node, frame });
}

interface Place {
  readonly node: SyntaxNode;
  readonly frame: Frame;
}

/** The value of `left operator right`, also for `left += right`. */
export function combine(operator: string, left: Value, right: Value, { node, frame }: Place): Value {
  if (left.kind === 'list' && operator === '+') return extended(left, right, { node, frame });
  if (operator === '+' && left.kind === 'computed' && right.kind === 'list')
    return list(right.items, right.shape, left);
  if (left.kind === 'string' && operator === '%') return percentFormat(left.text, right, node, frame);
  const compared = compare(operator, left, right);
  if (compared !== null) return boolean(compared);
  if (left.kind === 'computed') return left;
  if (right.kind === 'computed') return right;
  return joinedParts(operator, left, right, { node, frame }) ?? unread(node, frame);
}

function joinedParts(operator: string, left: Value, right: Value, { node, frame }: Place): Value | null {
  if (left.kind === 'number' && right.kind === 'number') return arithmetic(operator, left.value, right.value);
  if (right.kind !== 'string') return null;
  if (left.kind === 'string' && operator === '+') return joined([left, right], node, frame);
  if (left.kind !== 'path') return null;
  if (operator === '+') return { kind: 'path', path: normalize(`${left.path}${right.text}`) };
  return operator === '/' ? { kind: 'path', path: join(left.path, right.text) } : null;
}

function unread(node: SyntaxNode, frame: Frame): Value {
  return computed(frame, node, `is the expression ${textOf(frame.document, node).replace(/\s+/g, ' ').slice(0, 60)}`);
}

/** A list with the items of another value behind its own. */
export function extended(left: ListValue, right: Value, { node, frame }: Place): Value {
  if (right.kind !== 'list') {
    const rest = right.kind === 'computed' ? right : computed(frame, node, 'adds what cannot be read to a list');
    return { ...left, rest };
  }
  const items = [...left.items, ...right.items];
  frame.world.left.steps -= items.length >> 6;
  if (items.length > LIMITS.items) return computed(frame, node, 'makes a very long list');
  return { ...left, items, rest: left.rest ?? right.rest };
}

function arithmetic(operator: string, left: number, right: number): Value | null {
  if (operator === '+') return number(left + right);
  if (operator === '-') return number(left - right);
  return null;
}

function compare(operator: string, left: Value, right: Value): boolean | null {
  if (left.kind === 'known' && left.name === 'sys.version_info') return compareVersionInfo(operator, right);
  switch (operator) {
    case '==':
    case 'is':
      return equal(left, right);
    case '!=':
    case 'is not':
      return negated(equal(left, right));
    case 'in':
      return contains(right, left);
    case 'not in':
      return negated(contains(right, left));
    default:
      return left.kind === 'number' && right.kind === 'number' ? ordered(operator, left.value - right.value) : null;
  }
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function ordered(operator: string, difference: number): boolean | null {
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  if (operator === '>') return difference > 0;
  return operator === '>=' ? difference >= 0 : null;
}

const OPAQUE = new Set<Value['kind']>(['computed', 'known', 'attribute', 'list', 'dict', 'path']);

function equal(left: Value, right: Value): boolean | null {
  if (OPAQUE.has(left.kind) || OPAQUE.has(right.kind)) return null;
  return left.kind === right.kind && asText(left) === asText(right);
}

function contains(container: Value, item: Value): boolean | null {
  if (item.kind !== 'string') return null;
  /** As for `os.environ.get`. */
  if (container.kind === 'known' && container.name === 'os.environ') return false;
  if (container.kind === 'string') return container.text.includes(item.text);
  if (container.kind === 'dict') return container.entries.has(item.text) || (container.rest === null ? false : null);
  if (container.kind !== 'list') return null;
  if (container.items.some((other) => other.kind === 'string' && other.text === item.text)) return true;
  return container.rest === null && container.items.every((other) => other.kind === 'string') ? false : null;
}

/** Every Python that builds today is at least 3.8; anything finer depends on the machine. */
function compareVersionInfo(operator: string, right: Value): boolean | null {
  if (right.kind !== 'list') return null;
  const [major, minor] = right.items;
  if (major?.kind !== 'number') return null;
  if (major.value !== 3) return ordered(operator, 3 - major.value);
  const below = minor === undefined || (minor.kind === 'number' && minor.value < 8);
  return below ? ordered(operator, 1) : null;
}
