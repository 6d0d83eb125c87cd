import type { Dialect } from '../dialect.ts';
import { legacyEdits } from './edits/legacy-edits.ts';
import { readSetupCfg } from './read.ts';

/** setup.cfg with a `[metadata] name` (setuptools' declarative configuration). */
export const setupCfg: Dialect = {
  id: 'setup-cfg',
  read: readSetupCfg,
  edits: (pkg, change, readText) => legacyEdits({ pkg, change, readText, read: readSetupCfg }),
};
