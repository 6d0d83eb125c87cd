import { filesByKind, readBaseline, type BaselinePorts } from '../detect/baseline/baseline-facts.ts';
import { missingArtifacts } from '../detect/baseline/missing-artifacts.ts';
import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Provenance } from '../model/provenance.ts';
import type { PublishedVersion } from '../model/registry-state.ts';

/** One released version and what it says of its origin (rule I3). */
export interface HistoryEntry {
  readonly name: string;
  /** Canonical text. */
  readonly version: string;
  readonly yanked: boolean;
  readonly missing: readonly ArtifactKind[];
  /** Null: unknown, such as for versions that other tools released. */
  readonly provenance: Provenance | null;
}

export interface ReleaseHistory {
  /** By name, the newest version first. */
  readonly entries: readonly HistoryEntry[];
  readonly problems: readonly Problem[];
}

/** Rule I3: every version of the packages, or those that a commit released. Names are normalised. */
export async function releaseHistory(
  names: readonly string[],
  revision: string | null,
  ports: BaselinePorts,
): Promise<ReleaseHistory> {
  const states = await ports.registry.read(names);
  const problems: Problem[] = [];
  const entries: HistoryEntry[] = [];
  for (const name of names.toSorted()) {
    const state = states.get(name);
    if (state?.kind === 'unknown') problems.push(state.problem);
    if (state?.kind !== 'published') continue;
    const told = await Promise.all(state.versions.toReversed().map((version) => entryOf(name, version, ports)));
    for (const { entry, problem } of told) {
      if (problem !== null) problems.push(problem);
      if (revision === null || isOf(entry, revision)) entries.push(entry);
    }
  }
  return { entries, problems };
}

async function entryOf(
  name: string,
  version: PublishedVersion,
  ports: BaselinePorts,
): Promise<{ readonly entry: HistoryEntry; readonly problem: Problem | null }> {
  const entry = { name, version: version.text, yanked: version.yanked, missing: missingArtifacts(version, null) };
  // Only an sdist bears provenance.
  if (filesByKind(version).sdist === null) return { entry: { ...entry, provenance: null }, problem: null };
  const facts = await readBaseline(version, ports);
  if (facts.kind === 'problem') return { entry: { ...entry, provenance: null }, problem: facts.problem };
  return { entry: { ...entry, provenance: facts.value.provenance }, problem: null };
}

/** `revision` may be shortened, as git shows it. */
function isOf({ provenance }: HistoryEntry, revision: string): boolean {
  return provenance !== null && provenance.revision !== '' && provenance.revision.startsWith(revision.toLowerCase());
}
