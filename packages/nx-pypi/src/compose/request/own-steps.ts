import type { PythonPackage } from '@nx-pypi/manifests';
import { LEVELS, parseStep, type Found, type Step } from '@nx-pypi/release';

/** `[tool.nx-pypi] level` of packages, by name (rule E2). */
export function ownSteps(packages: readonly PythonPackage[]): Found<ReadonlyMap<string, Step>> {
  const steps = new Map<string, Step>();
  for (const pkg of packages) {
    const { level } = pkg.settings;
    if (level === null) continue;
    const step = parseStep(level);
    if (step === null || step.kind === 'version') {
      return {
        kind: 'problem',
        problem: {
          code: 'NXPYPI_BAD_LEVEL',
          message: `${pkg.normalizedName} asks for the level '${level}', which there is not`,
          hint: `write one of auto, ${LEVELS.join(', ')}`,
          where: pkg.manifest,
        },
      };
    }
    steps.set(pkg.normalizedName, step);
  }
  return { kind: 'found', value: steps };
}
