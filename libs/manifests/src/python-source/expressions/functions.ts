import type { SyntaxNode } from '@lezer/common';

import type { Arguments } from './arguments.ts';
import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, splitAtCommas, statementsOf, textOf } from '../syntax.ts';
import { list, NONE } from '../values.ts';
import type { FunctionValue, Scope, Value } from '../values.ts';

/** Runs a function of the workspace on known arguments. */
export function callFunction(target: FunctionValue, given: Arguments, node: SyntaxNode, frame: Frame): Value {
  const parameters = target.node.getChild('ParamList');
  const body = target.node.getChild('Body');
  if (parameters === null || body === null || given.rest !== null)
    return computed(frame, node, `calls ${target.name}()`);
  const scope: Scope = { names: new Map(), parent: target.scope, executed: [] };
  const inner: Frame = { ...frame, document: target.document, scope };
  bindParameters(parameters, given, inner);
  const ended = frame.execute(statementsOf(body), inner);
  if (ended.kind === 'return') return ended.value;
  return ended.kind === 'normal' ? NONE : computed(frame, node, `calls ${target.name}(), which raises`);
}

function bindParameters(parameters: SyntaxNode, given: Arguments, frame: Frame): void {
  const { names, parent } = frame.scope;
  let next = 0;
  for (const group of splitAtCommas(children(parameters).slice(1, -1))) {
    const star = group[0]?.name === '*' || group[0]?.name === '**' ? group[0].name : '';
    const name = group.find((node) => node.name === 'VariableName');
    if (name === undefined) continue;
    const text = textOf(frame.document, name);
    if (star === '*') {
      names.set(text, list(given.positional.slice(next), 'tuple'));
      next = given.positional.length;
    } else if (star === '**') {
      names.set(text, { kind: 'dict', entries: given.keywords, rest: null, executed: [] });
    } else {
      const equals = group.findIndex((node) => node.name === 'AssignOp');
      const otherwise = equals === -1 ? undefined : group[equals + 1];
      const value = given.positional[next] ?? given.keywords.get(text);
      next += 1;
      names.set(text, value ?? defaultValue(otherwise, name, { ...frame, scope: parent ?? frame.scope }));
    }
  }
}

function defaultValue(node: SyntaxNode | undefined, name: SyntaxNode, frame: Frame): Value {
  return node === undefined ? computed(frame, name, 'is a parameter without a value') : frame.evaluate(node, frame);
}

/** A lambda or `def` as a value. */
export function functionValue(node: SyntaxNode, name: string, frame: Frame): FunctionValue {
  return { kind: 'function', name, node, document: frame.document, scope: frame.scope };
}
