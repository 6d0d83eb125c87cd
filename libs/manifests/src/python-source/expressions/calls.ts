import type { SyntaxNode } from '@lezer/common';

import { evaluateArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { callFunction } from './functions.ts';
import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import { callMethod } from './methods.ts';
import { moduleFile } from '../statements/modules.ts';
import { rebind } from '../statements/targets.ts';
import { children, lineOf, textOf } from '../syntax.ts';
import { NONE } from '../values.ts';
import type { Value } from '../values.ts';

/** `function(arguments)`. */
export function evaluateCall(node: SyntaxNode, frame: Frame): Value {
  const [callee, argList] = children(node);
  if (callee === undefined || argList?.name !== 'ArgList') return computed(frame, node, 'is incomplete');
  const target = frame.evaluate(callee, frame);
  const given = evaluateArguments(argList, frame);
  const value = apply(target, given, { node, callee, frame });
  return value ?? (target.kind === 'computed' ? target : computed(frame, node, `calls ${calleeText(callee, frame)}()`));
}

function calleeText(callee: SyntaxNode, frame: Frame): string {
  return textOf(frame.document, callee).replace(/\s+/g, ' ').slice(0, 60);
}

interface Call {
  readonly node: SyntaxNode;
  readonly callee: SyntaxNode;
  readonly frame: Frame;
}

function apply(target: Value, given: Arguments, call: Call): Value | null {
  const { node, callee, frame } = call;
  if (target.kind === 'function') return callFunction(target, given, node, frame);
  if (target.kind === 'method') return callMethod(target, given, { node, object: callee.firstChild ?? callee, frame });
  if (target.kind !== 'known') return null;
  if (isSetup(target.name)) return recordSetup(given, node, frame);
  if (target.name === '__import__' || target.name === 'importlib.import_module') return importByName(given, frame);
  if (target.name === 'exec') return execute(given, frame);
  if (target.name === 'globals' || target.name === 'locals') return { kind: 'known', name: target.name };
  return KNOWN_FUNCTIONS.get(target.name)?.(given, { node, frame }) ?? null;
}

const SETUP_MODULES = [
  'setuptools',
  'distutils.core',
  'numpy.distutils.core',
  'skbuild',
  'setuptools_rust',
  'Cython.Distutils',
];

function isSetup(name: string): boolean {
  return name === 'setup' || SETUP_MODULES.some((module) => name === `${module}.setup`);
}

function recordSetup(given: Arguments, node: SyntaxNode, frame: Frame): Value {
  const { keywords, rest } = given;
  frame.world.calls.push({ keywords, rest, line: lineOf(frame.document, node.from) });
  return NONE;
}

/** `__import__("a.b")` is the module `a`. */
function importByName(given: Arguments, frame: Frame): Value | null {
  const [name] = given.positional;
  if (name?.kind === 'computed') return name;
  if (name?.kind !== 'string') return null;
  const path = moduleFile(frame.world, name.text);
  return path === null ? { kind: 'known', name: name.text } : { kind: 'module', path };
}

/** `exec(text of a whole file, namespace)`: the file's names are then found in the namespace, or here. */
function execute(given: Arguments, frame: Frame): Value | null {
  const [code] = given.positional;
  if (code?.kind !== 'string' || code.origin === null) return null;
  const { file } = code.origin;
  const namespace = given.positional.slice(1).findLastIndex((value) => value.kind === 'dict');
  const node = given.nodes[namespace + 1];
  const value = given.positional[namespace + 1];
  if (namespace === -1 || node === undefined || value?.kind !== 'dict') {
    frame.scope.executed.push(file);
    return NONE;
  }
  rebind(node, { ...value, executed: [...value.executed, file] }, frame);
  return NONE;
}
