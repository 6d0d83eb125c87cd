import { dirname } from 'node:path/posix';

import { evaluateComprehension } from './expressions/comprehensions.ts';
import { evaluate } from './expressions/evaluate.ts';
import { LIMITS } from './frame.ts';
import type { Frame, SetupCall, World } from './frame.ts';
import { moduleAttribute, newModuleScope } from './statements/modules.ts';
import { executeAll } from './statements/execute.ts';
import { parsePython, statementsOf } from './syntax.ts';
import type { Value } from './values.ts';

type ReadText = (path: string) => string | undefined;

/** What following a setup.py found. */
export interface SetupRun {
  /** The `setup(…)` calls in the order in which they were met. */
  readonly calls: readonly SetupCall[];
  /** Files that were read on the way, setup.py first. */
  readonly files: readonly string[];
}

/** Follows a setup.py as far as that is possible without running it. `file` is workspace-relative. Never throws, always ends. */
export function runSetup(file: string, source: string, readText: ReadText): SetupRun {
  const frame = newFrame(file, source, readText);
  frame.execute(statementsOf(frame.document.root), frame);
  return { calls: frame.world.calls, files: [file, ...[...frame.world.reads].filter((path) => path !== file)] };
}

/** The value of a module's name, followed through its imports; null when the module has no such name. */
export function readModuleName(file: string, name: string, folder: string, readText: ReadText): Value | null {
  const world = newWorld(folder, readText);
  const source = readText(file) ?? '';
  return moduleAttribute(frameIn(world, file, source), file, name);
}

function newFrame(file: string, source: string, readText: ReadText): Frame {
  return frameIn(newWorld(dirname(file), readText), file, source);
}

function newWorld(folder: string, readText: ReadText): World {
  return {
    folder,
    readText,
    reads: new Set(),
    calls: [],
    modules: new Map(),
    left: { steps: LIMITS.steps, depth: LIMITS.depth },
  };
}

function frameIn(world: World, file: string, source: string): Frame {
  return {
    world,
    document: parsePython(file, source),
    scope: newModuleScope(file, '__main__'),
    evaluate,
    comprehension: evaluateComprehension,
    execute: executeAll,
  };
}
