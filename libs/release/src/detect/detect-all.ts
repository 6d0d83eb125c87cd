import type { RegistryState } from '../model/registry-state.ts';
import type { Scene } from '../scene.ts';
import { detectPackage } from './detect-package.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';

/** Every involved package, side by side: the ports bound their own concurrency. */
export async function detectAll(
  scene: Pick<Scene, 'graph' | 'involved'>,
  states: ReadonlyMap<string, RegistryState>,
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<ReadonlyMap<string, Detection>> {
  const detections = await Promise.all(
    scene.involved.map(async (name): Promise<readonly [string, Detection]> => {
      const pkg = scene.graph.packages.get(name);
      if (pkg === undefined) throw new Error(`${name} takes part in the run but is not in the graph`);
      return [name, await detectPackage(pkg, states.get(name) ?? unasked(name), policy, ports)];
    }),
  );
  return new Map(detections);
}

/** A reader that leaves a name out has not found out. */
function unasked(name: string): RegistryState {
  return {
    kind: 'unknown',
    problem: {
      code: 'NXPYPI_NO_ANSWER',
      message: `the registry was not asked for ${name}`,
      hint: 'run the command again',
    },
  };
}
