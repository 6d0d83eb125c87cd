import { baselineOf, type Commit, type CommitsQuestion, type Found, type RegistryState } from '@nx-pypi/release';
import type { OpenRun } from '../compose/open-run.ts';
import { commitsSince } from './commits-since.ts';

export interface BaselineCommits {
  readonly baseline: CommitsQuestion['baseline'];
  readonly commits: readonly Commit[];
}

/** What touches packages since their baselines in the registry; null for a package that has none. Each is read once. */
export function baselineCommits(
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
  states: ReadonlyMap<string, RegistryState>,
): (name: string) => Promise<Found<BaselineCommits | null>> {
  const { packages } = request.discovery;
  const asked = new Map<string, Promise<Found<BaselineCommits | null>>>();
  const read = async (name: string): Promise<Found<BaselineCommits | null>> => {
    const state = states.get(name);
    const pkg = packages.find((candidate) => candidate.normalizedName === name);
    const baseline = state?.kind === 'published' ? baselineOf(name, state.versions, request.detect) : null;
    if (state?.kind === 'unknown') return { kind: 'problem', problem: state.problem };
    if (pkg === undefined || baseline === null || ports.commits === undefined) return { kind: 'found', value: null };
    const commits = await commitsSince(pkg, baseline, { request, ports });
    return commits.kind === 'problem' ? commits : { kind: 'found', value: { baseline, commits: commits.value } };
  };
  return (name) => {
    const answer = asked.get(name) ?? read(name);
    asked.set(name, answer);
    return answer;
  };
}
