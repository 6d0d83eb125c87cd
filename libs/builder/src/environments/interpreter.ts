import type { Found } from '@nx-pypi/release';
import { runCommand, type Environment } from '@nx-pypi/workspace';

/** The Python that build environments are made from. */
export interface Interpreter {
  /** Absolute path, symlinks resolved. */
  readonly executable: string;
  /** `3.11.7`. */
  readonly version: string;
  /** `sysconfig.get_platform()` and the implementation's cache tag. */
  readonly platform: string;
  /** Version of its own pip; null when it has none. */
  readonly pip: string | null;
}

const QUESTION = `
import json, os, platform, sys, sysconfig
try:
    from importlib.metadata import version
    pip = version("pip")
except Exception:
    pip = None
print(json.dumps({
    "executable": os.path.realpath(sys.executable),
    "version": platform.python_version(),
    "platform": sysconfig.get_platform() + " " + str(sys.implementation.cache_tag),
    "pip": pip,
}))
`;

/** Asks `python`, else the first of python3 and python on PATH that answers. */
export async function readInterpreter(
  python: string | undefined,
  cwd: string,
  env: Environment,
): Promise<Found<Interpreter>> {
  const candidates = python === undefined ? ['python3', 'python'] : [python];
  for (const candidate of candidates) {
    const result = await runCommand(candidate, ['-c', QUESTION], { cwd, env, timeoutSeconds: 60 });
    if (result.ok) return { kind: 'found', value: JSON.parse(result.stdout) as Interpreter };
  }
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_PYTHON_MISSING',
      message: `No Python interpreter answered; asked: ${candidates.join(', ')}.`,
      hint: 'Install Python 3.8 or newer in the job, or set the option `python` to its path.',
    },
  };
}
