import type { PythonPackage } from '@nx-pypi/manifests';
import { commitsOf, readBaseline, type Commit, type CommitsQuestion, type Found } from '@nx-pypi/release';
import type { OpenRun } from '../compose/open-run.ts';

/** What touches a package since a version of it in the registry; none where this run has no history. */
export async function commitsSince(
  pkg: PythonPackage,
  baseline: CommitsQuestion['baseline'],
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
): Promise<Found<readonly Commit[]>> {
  const { commits, builder } = ports;
  if (commits === undefined) return { kind: 'found', value: [] };
  const facts = await readBaseline(baseline, ports);
  if (facts.kind === 'problem') return facts;
  const { provenance } = facts.value;
  return commitsOf({ package: pkg, baseline, provenance, packages: request.discovery.packages }, { commits, builder });
}
