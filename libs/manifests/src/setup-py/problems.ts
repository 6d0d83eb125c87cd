import type { Problem } from '../model.ts';
import type { Computed } from '../python-source/values.ts';

/** An argument of `setup()`, or a part of it, that only running setup.py can tell; the package counts all the same. */
export function computedProblem(argument: string, why: Computed): Problem {
  return {
    code: 'NXPYPI_SETUP_PY_COMPUTED',
    message: `${argument} cannot be read whole without running setup.py: line ${String(why.line)} of ${why.file} ${why.reason}.`,
    hint: 'Write the packages of this workspace among them as literals, in setup.py or in setup.cfg; until then these edges are unknown.',
    where: `${why.file}:${String(why.line)}`,
  };
}

/** The name decides what a package is: one that is computed makes it none. */
export function computedName(why: Computed): Problem {
  return {
    code: 'NXPYPI_SETUP_PY_NAME',
    message: `The name of the package cannot be read without running setup.py: line ${String(why.line)} of ${why.file} ${why.reason}.`,
    hint: 'Give setup() a literal name, or write `name` into [metadata] of setup.cfg.',
    where: `${why.file}:${String(why.line)}`,
  };
}
