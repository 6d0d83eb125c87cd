import { baselineOf, type BaselinePolicy } from '../detect/baseline/baseline.ts';
import { shippedDeclarations } from '../detect/declared-text.ts';
import type { Detection } from '../detect/detection.ts';
import { extraOf } from '../detect/extra-of.ts';
import type { Change, Reason } from '../model/change.ts';
import type { RegistryState } from '../model/registry-state.ts';
import type { PythonPackage } from '@nx-pypi/manifests';
import { compareVersions } from '@nx-pypi/standards';
import { writtenVersion } from '../plan/planned-version.ts';

export interface BumpDetectionInput {
  readonly package: PythonPackage;
  readonly state: RegistryState;
  /** Why it is bumped; null for a package that nobody asked for. */
  readonly asked: readonly Reason[] | null;
  readonly baseline: BaselinePolicy;
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
}

/**
 * A package as a run sees it that writes manifests: bumped where asked for, otherwise as it stands; what it declares
 * counts as what it ships, since the manifest is what is edited.
 */
export function bumpDetection(input: BumpDetectionInput): Detection {
  const { package: pkg, state, baseline: policy, names } = input;
  const versions = state.kind === 'published' ? state.versions : [];
  const shipped = shippedDeclarations(pkg, names).map((declaration) => ({
    dependency: declaration.normalizedName,
    extra: extraOf(declaration),
    specifier: declaration.specifier,
  }));
  const known = { package: pkg, digest: null, versions, shipped, provenance: null };
  return { ...known, change: state.kind === 'unknown' ? state : changeOf(input, versions, policy) };
}

function changeOf(
  { package: pkg, asked }: BumpDetectionInput,
  versions: Detection['versions'],
  policy: BaselinePolicy,
): Change {
  const baseline = baselineOf(pkg.normalizedName, versions, policy);
  if (baseline === null) return { kind: 'new' };
  if (asked !== null) return { kind: 'changed', baseline, reasons: asked };
  const local = writtenVersion(pkg, { releaseDev: true });
  if (local === null || compareVersions(local, baseline.version) <= 0)
    return { kind: 'unchanged', baseline, by: 'digest' };
  const text = 'text' in pkg.version ? pkg.version.text : '';
  return {
    kind: 'ahead',
    baseline,
    reasons: [{ kind: 'local-version-ahead', local: text, baseline: baseline.text }],
  };
}
