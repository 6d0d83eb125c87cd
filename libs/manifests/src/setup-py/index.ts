import type { Dialect } from '../dialect.ts';
import { legacyEdits } from '../setup-cfg/edits/legacy-edits.ts';
import { readSetupPy } from './read.ts';

/** setup.py with a `setup()` call that gives the name; read, never run. */
export const setupPy: Dialect = {
  id: 'setup-py',
  read: readSetupPy,
  edits: (pkg, change, readText) => legacyEdits({ pkg, change, readText, read: readSetupPy }),
};
