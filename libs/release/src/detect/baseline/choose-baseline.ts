import type { PythonPackage } from '@nx-pypi/manifests';
import { isPreRelease } from '@nx-pypi/standards';
import type { Provenance } from '../../model/provenance.ts';
import type { PublishedVersion } from '../../model/registry-state.ts';
import type { Found } from '../../ports.ts';
import { readBaseline, type BaselineFacts } from './baseline-facts.ts';
import { baselinesOf } from './baseline.ts';
import type { DetectPolicy, DetectPorts } from '../detection.ts';
import type { History } from './origin.ts';

/** A baseline with what its files say. */
interface Chosen {
  readonly baseline: PublishedVersion;
  readonly facts: BaselineFacts;
}

/** Versions that a channel goes back at most, to find one that the checkout contains. */
const MOST_STEPS_BACK = 16;

/**
 * Rule C2, with what only the files tell: pre-releases of a channel are baselines in no other run, and a run of a channel
 * takes the highest version that its checkout contains, since a branch may be behind. Where it contains none, the highest.
 */
export async function chooseBaseline(
  pkg: PythonPackage,
  versions: readonly PublishedVersion[],
  policy: DetectPolicy,
  ports: DetectPorts,
): Promise<Found<Chosen | null>> {
  let highest: Chosen | null = null;
  let steps = 0;
  for (const baseline of baselinesOf(pkg.normalizedName, versions, policy)) {
    const facts = await readBaseline(baseline, ports);
    if (facts.kind === 'problem') return facts;
    const { provenance } = facts.value;
    if (isPreRelease(baseline.version) && provenance?.channel !== undefined) continue;
    const chosen = { baseline, facts: facts.value };
    if (policy.channel === undefined || (await isContained(provenance, ports.history)))
      return { kind: 'found', value: chosen };
    highest ??= chosen;
    steps += 1;
    if (steps === MOST_STEPS_BACK) break;
  }
  return { kind: 'found', value: highest };
}

/** False only where the revision is known to lie beside or after HEAD. */
async function isContained(provenance: Provenance | null, history: History): Promise<boolean> {
  if (provenance === null || provenance.revision === '' || history.revision === '') return true;
  if (provenance.repository !== history.repository) return true;
  const relation = await history.relation(provenance.revision);
  return relation !== 'diverged' && relation !== 'descendant';
}
