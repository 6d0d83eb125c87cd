import type { Dialect } from './dialect.ts';
import { pep621 } from './pep621/index.ts';
import { poetry } from './poetry/index.ts';
import { setupCfg } from './setup-cfg/index.ts';
import { setupPy } from './setup-py/index.ts';

/** Every dialect, in the order in which a folder is offered to them. */
export const dialects: readonly Dialect[] = [pep621, poetry, setupCfg, setupPy];
