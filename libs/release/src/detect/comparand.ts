import { nextMajorRange, type Declaration, type PythonPackage } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { PublishedFile, PublishedVersion } from '../model/registry-state.ts';
import type { BuildRequest, Found } from '../ports.ts';
import { filesByKind, isPureWheel } from './baseline/baseline-facts.ts';
import { needsInternalBuild, shippedDeclarations } from './declared-text.ts';
import type { DetectPorts, Detection } from './detection.ts';
import { pairWithShipped } from './baseline/shipped-ranges.ts';

/** What is compared with what. */
export interface Comparand {
  readonly package: PythonPackage;
  readonly baseline: PublishedVersion;
  /** The baseline's file that is compared, and its kind. */
  readonly theirs: PublishedFile;
  readonly kind: ArtifactKind;
  readonly sdist: PublishedFile | null;
  readonly constraints: BuildRequest['constraints'];
  readonly digest: string;
  /** Whether the baseline's digest is today's; null: it has none. */
  readonly sameDigest: boolean | null;
  /** Built with packages of this workspace: what their change does to the artifact is no toolchain's doing (D3). */
  readonly ownTools: boolean;
}

/** Null where the baseline has no file that can be compared. */
export function comparandOf(
  baseline: PublishedVersion,
  found: Omit<Detection, 'change'>,
  names: ReadonlySet<string>,
): Comparand | null {
  const { sdist, wheels } = filesByKind(baseline);
  const theirs = wheels.find((file) => isPureWheel(file.filename)) ?? sdist ?? wheels[0];
  if (theirs === undefined) return null;
  return {
    package: found.package,
    baseline,
    theirs,
    kind: theirs === sdist ? 'sdist' : 'wheel',
    sdist,
    constraints: pairWithShipped(shippedDeclarations(found.package, names), found.shipped).map((pair) => ({
      declaration: pair.declaration,
      specifier: pair.shipped?.specifier ?? anyRange(pair.declaration),
    })),
    digest: found.digest ?? '',
    ownTools: needsInternalBuild(found.package, names),
    sameDigest: found.provenance === null ? null : found.provenance.digest === found.digest,
  };
}

/** For a declaration that the baseline did not ship: what is declared today, or a range that is surely a difference. */
function anyRange(declaration: Declaration): string {
  return declaration.specifier === '' ? nextMajorRange('0') : declaration.specifier;
}

/** Rule D4: the stage at the baseline's version, with the internal constraints that the baseline shipped. */
export async function buildStage(
  comparand: Comparand,
  ports: Pick<DetectPorts, 'builder' | 'scratch'>,
): Promise<Found<string>> {
  const { kind, package: pkg, baseline, constraints } = comparand;
  const outcome = await ports.builder.build({
    package: pkg,
    version: baseline.text,
    constraints,
    provenance: null,
    artifacts: [kind],
    outDir: await ports.scratch(pkg.normalizedName),
  });
  if (outcome.kind === 'failed') return { kind: 'problem', problem: outcome.problem };
  const artifact = outcome.artifacts.find((one) => one.kind === kind);
  if (artifact === undefined)
    throw new Error(`the build of ${pkg.normalizedName} was asked for one ${kind}, gave none`);
  return { kind: 'found', value: artifact.file };
}
