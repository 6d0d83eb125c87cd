import { dirname, join } from 'node:path/posix';

import { findAssignment } from '../find-assignment.ts';
import { lookUp, readWorkspaceFile } from '../frame.ts';
import type { Frame, World } from '../frame.ts';
import { parsePython, statementsOf } from '../syntax.ts';
import { string } from '../values.ts';
import type { Scope, Value } from '../values.ts';

/** Modules that no workspace file is asked for. */
const STANDARD = new Set(
  'abc ast builtins codecs collections configparser contextlib datetime distutils errno fnmatch functools glob imp importlib inspect io itertools json logging multiprocessing operator os pathlib pip pkg_resources platform posixpath re runpy setuptools shutil string subprocess sys sysconfig tempfile textwrap time tomllib types typing unittest warnings wheel zipfile __future__'.split(
    ' ',
  ),
);

/** The file of a module that setup.py can import from its own folder, or from `src` beside it; null when it is another's. */
export function moduleFile(world: World, dotted: string): string | null {
  const [top = ''] = dotted.split('.');
  if (top === '' || STANDARD.has(top)) return null;
  const path = dotted.replaceAll('.', '/');
  for (const base of [world.folder, join(world.folder, 'src')]) {
    const found = moduleAt(world, join(base, path));
    if (found !== null) return found;
  }
  return null;
}

function moduleAt(world: World, path: string): string | null {
  for (const candidate of [`${path}/__init__.py`, `${path}.py`]) {
    if (readWorkspaceFile(world, candidate) !== undefined) return candidate;
  }
  return null;
}

/** The file of `from .a.b import …` written in `file` with `dots` leading dots. */
export function relativeModuleFile(world: World, file: string, dots: number, dotted: string): string | null {
  let base = dirname(file);
  for (let up = 1; up < dots; up += 1) base = dirname(base);
  return dotted === ''
    ? readable(world, join(base, '__init__.py'))
    : moduleAt(world, join(base, dotted.replaceAll('.', '/')));
}

function readable(world: World, path: string): string | null {
  return readWorkspaceFile(world, path) === undefined ? null : path;
}

/** A name of a module: its first literal assignment where there is one, else what running the file binds; null when it has none. */
export function moduleAttribute(frame: Frame, path: string, name: string): Value | null {
  const source = readWorkspaceFile(frame.world, path);
  if (source === undefined) return null;
  const found = findAssignment(source, name);
  if (found.kind === 'literal') return string(found.value, { file: path, start: found.start, end: found.end });
  const scope = moduleScope(frame, path, source);
  return resolved(frame, lookUp(scope, name)) ?? executedName(frame, scope, name) ?? submodule(frame.world, path, name);
}

/** A value with names of other modules followed to what they stand for. */
export function resolved(frame: Frame, value: Value | undefined): Value | null {
  if (value?.kind !== 'attribute') return value ?? null;
  const { left } = frame.world;
  if (left.depth <= 0 || left.steps <= 0) return null;
  left.steps -= 1;
  left.depth -= 1;
  const found = moduleAttribute(frame, value.path, value.name);
  left.depth += 1;
  return found ?? { kind: 'known', name: value.name };
}

/** A name that `import *` or `exec` of a file makes visible in a scope. */
export function executedName(frame: Frame, scope: Scope, name: string): Value | null {
  const { left } = frame.world;
  if (left.depth <= 0) return null;
  left.depth -= 1;
  let found: Value | null = null;
  for (let at: Scope | null = scope; at !== null && found === null; at = at.parent) {
    for (const path of at.executed.toReversed()) found ??= moduleAttribute(frame, path, name);
  }
  left.depth += 1;
  return found;
}

function submodule(world: World, path: string, name: string): Value | null {
  if (!path.endsWith('/__init__.py')) return null;
  const file = moduleAt(world, join(dirname(path), name));
  return file === null ? null : { kind: 'module', path: file };
}

function moduleScope(frame: Frame, path: string, source: string): Scope {
  const known = frame.world.modules.get(path);
  if (known !== undefined) return known;
  const document = parsePython(path, source);
  const scope = newModuleScope(path, '__imported__');
  frame.world.modules.set(path, scope);
  frame.execute(statementsOf(document.root), { ...frame, document, scope });
  return scope;
}

/** The scope of a module before its first statement. */
export function newModuleScope(path: string, name: string): Scope {
  const names = new Map<string, Value>([
    ['__file__', { kind: 'path', path }],
    ['__name__', string(name)],
  ]);
  return { names, parent: null, executed: [] };
}
