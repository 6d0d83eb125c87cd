import type { SyntaxNode } from '@lezer/common';

import type { Frame } from '../frame.ts';
import { moduleFile, relativeModuleFile } from './modules.ts';
import { children, splitAtCommas, textOf } from '../syntax.ts';
import type { Value } from '../values.ts';

/** Binds what an import statement binds. Nothing of the workspace is run yet; modules of others become dotted names. */
export function bindImport(statement: SyntaxNode, frame: Frame): void {
  const nodes = children(statement).filter((node) => node.name !== '(' && node.name !== ')');
  const at = nodes.findIndex((node) => node.name === 'import');
  const names = splitAtCommas(nodes.slice(at + 1)).map((group) => importedName(frame, group));
  if (nodes[0]?.name !== 'from') {
    for (const { dotted, alias } of names) bindModule(frame, dotted, alias);
    return;
  }
  const source = nodes.slice(1, at).map((node) => textOf(frame.document, node));
  bindFrom(frame, source.join(''), names);
}

interface ImportedName {
  readonly dotted: string;
  readonly alias: string | null;
}

function importedName(frame: Frame, group: readonly SyntaxNode[]): ImportedName {
  const as = group.findIndex((node) => node.name === 'as');
  const own = as === -1 ? group : group.slice(0, as);
  const alias = as === -1 ? undefined : group[as + 1];
  return {
    dotted: own.map((node) => textOf(frame.document, node)).join(''),
    alias: alias === undefined ? null : textOf(frame.document, alias),
  };
}

function bindModule(frame: Frame, dotted: string, alias: string | null): void {
  const [top = dotted] = dotted.split('.');
  const bound = alias === null ? top : dotted;
  const path = moduleFile(frame.world, bound);
  const value: Value = path === null ? { kind: 'known', name: bound } : { kind: 'module', path };
  frame.scope.names.set(alias ?? top, value);
}

function bindFrom(frame: Frame, source: string, names: readonly ImportedName[]): void {
  const dots = /^\.*/.exec(source)?.[0].length ?? 0;
  const dotted = source.slice(dots);
  const { world, document, scope } = frame;
  const path = dots > 0 ? relativeModuleFile(world, document.file, dots, dotted) : moduleFile(world, dotted);
  for (const name of names) {
    if (name.dotted === '*') {
      if (path === null) bindStar(frame, dotted);
      else scope.executed.push(path);
      continue;
    }
    scope.names.set(name.alias ?? name.dotted, importedValue(path, source, name.dotted));
  }
}

function importedValue(path: string | null, source: string, name: string): Value {
  return path === null ? { kind: 'known', name: `${source}.${name}` } : { kind: 'attribute', path, name };
}

/** `from setuptools import *`, as far as it matters here. */
function bindStar(frame: Frame, dotted: string): void {
  if (dotted !== 'setuptools' && dotted !== 'distutils.core') return;
  for (const name of ['setup', 'find_packages']) {
    frame.scope.names.set(name, { kind: 'known', name: `${dotted}.${name}` });
  }
}
