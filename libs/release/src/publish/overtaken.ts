import { isDevRelease, specifierAllows, type SpecifierSet } from '@nx-pypi/standards';
import type { PlannedRelease } from '../model/plan.ts';
import type { PublishedVersion, RegistryState } from '../model/registry-state.ts';

/** What a release was planned against. */
export interface PlannedAgainst {
  /** Versions that the index showed then. */
  readonly known: readonly PublishedVersion[];
  /** Versions that this branch may release (rule C1). */
  readonly line: SpecifierSet;
  /** False where versions are never chosen (rule G8): then a taken one is an error at once. */
  readonly decidesAnew: boolean;
}

/**
 * Rules G5 and C6: the version of the line that came after the plan was made, or null. Another run that released first may
 * have released newer code, whatever its number: what was planned without it is decided anew. Dev releases are of channels.
 */
export function overtakenBy(
  release: PlannedRelease,
  state: RegistryState,
  { known, line }: Omit<PlannedAgainst, 'decidesAnew'>,
): string | null {
  if (state.kind !== 'published') return null;
  const before = new Set(known.map((version) => version.text));
  const came = state.versions.findLast(
    ({ text, version }) =>
      text !== release.version &&
      !before.has(text) &&
      !isDevRelease(version) &&
      specifierAllows(line, version, 'always'),
  );
  return came?.text ?? null;
}
