import { compareVersions, type Version } from '@nx-pypi/standards';
import { baselineOf, type BaselinePolicy } from '../detect/baseline/baseline.ts';
import type { PackageGraph } from '../graph/package-graph.ts';
import type { RegistryState } from '../model/registry-state.ts';
import { writtenVersion } from '../plan/planned-version.ts';
import { changeOf } from './bumped-packages.ts';

/** The versions of the registry that manifests lag behind, by name; none is lowered, nothing is released. */
export function syncedVersions(
  graph: PackageGraph,
  states: ReadonlyMap<string, RegistryState>,
  policy: BaselinePolicy,
): ReadonlyMap<string, Version> {
  const versions = new Map<string, Version>();
  for (const [name, state] of states) {
    const pkg = graph.packages.get(name);
    const baseline = state.kind === 'published' ? baselineOf(name, state.versions, policy) : null;
    if (pkg === undefined || baseline === null || changeOf(pkg, baseline.version) !== 'write') continue;
    const local = writtenVersion(pkg, { releaseDev: true });
    if (local === null || compareVersions(local, baseline.version) < 0) versions.set(name, baseline.version);
  }
  return versions;
}
