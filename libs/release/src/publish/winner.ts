import type { Problem } from '@nx-pypi/manifests';
import { readBaseline } from '../detect/baseline/baseline-facts.ts';
import type { PlannedRelease } from '../model/plan.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Builder, RegistryReader } from '../ports.ts';

interface WinnerPorts {
  readonly registry: RegistryReader;
  readonly builder: Builder;
}

/** Rule G5: a version that a person chose, and that another run released first with other content. Names the winner. */
export async function versionTaken(release: PlannedRelease, by: string, ports: WinnerPorts): Promise<Problem> {
  const origin = await originOf(release.name, by, ports);
  const first = by === release.version ? 'with other content' : `and meanwhile ${by} came, so that it would not follow`;
  return {
    code: 'NXPYPI_VERSION_TAKEN',
    message: `${release.name} ${release.version} was chosen, but another run released first, ${first}: ${origin}`,
    hint: `choose a version above ${by}, or leave the choice to nx-pypi`,
  };
}

async function originOf(name: string, text: string, ports: WinnerPorts): Promise<string> {
  const unknown = 'its origin is unknown';
  const state = await ports.registry.readFresh(name);
  const version = state.kind === 'published' ? state.versions.find((candidate) => candidate.text === text) : undefined;
  if (version === undefined) return unknown;
  const facts = await readBaseline(version, ports);
  const provenance = facts.kind === 'found' ? facts.value.provenance : null;
  return provenance === null ? unknown : describe(provenance);
}

function describe({ revision, ref, pipeline, repository }: Provenance): string {
  const parts = [
    revision === '' ? 'from no commit' : `from commit ${revision.slice(0, 12)}`,
    ...(ref === '' ? [] : [`on ${ref}`]),
    ...(repository === '' ? [] : [`of ${repository}`]),
    ...(pipeline === '' ? [] : [`by ${pipeline}`]),
  ];
  return parts.join(' ');
}
