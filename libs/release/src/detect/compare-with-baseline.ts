import { nextMajorRange, type Declaration } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Change } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import { filesByKind, isPureWheel } from './baseline-facts.ts';
import { shippedDeclarations } from './declared-text.ts';
import type { DetectPolicy, DetectPorts, Detection } from './detection.ts';
import { pairWithShipped } from './shipped-ranges.ts';

/**
 * Rule D4: the stage is built at the baseline's version, with the internal constraints that the baseline shipped, and
 * the result compared: wheels where the baseline has a pure one, else sdists.
 */
export async function compareWithBaseline(
  baseline: PublishedVersion,
  found: Omit<Detection, 'change'>,
  context: { readonly policy: DetectPolicy; readonly ports: DetectPorts },
): Promise<Found<Change>> {
  const { ports, policy } = context;
  const { sdist, wheels } = filesByKind(baseline);
  const wheel = wheels.find((file) => isPureWheel(file.filename));
  const theirs = wheel ?? sdist ?? wheels[0];
  if (theirs === undefined)
    return {
      kind: 'found',
      value: { kind: 'changed', baseline, reasons: [{ kind: 'missing-artifacts', filenames: [] }] },
    };
  const kind: ArtifactKind = theirs === sdist ? 'sdist' : 'wheel';
  const [downloaded, built] = await Promise.all([
    ports.registry.download(theirs),
    ports.builder.build({
      package: found.package,
      version: baseline.text,
      constraints: pairWithShipped(shippedDeclarations(found.package, policy.names), found.shipped).map((pair) => ({
        declaration: pair.declaration,
        specifier: pair.shipped?.specifier ?? anyRange(pair.declaration),
      })),
      provenance: null,
      artifacts: [kind],
      outDir: await ports.scratch(found.package.normalizedName),
    }),
  ]);
  if (downloaded.kind === 'problem') return downloaded;
  if (built.kind === 'failed') return { kind: 'problem', problem: built.problem };
  const ours = built.artifacts.find((artifact) => artifact.kind === kind);
  if (ours === undefined)
    throw new Error(`the build of ${found.package.normalizedName} was asked for one ${kind} and gave none`);
  const comparison = await ports.builder.compare(kind, ours.file, downloaded.value);
  if (comparison.kind === 'problem') return comparison;
  const change: Change =
    comparison.value.kind === 'same'
      ? { kind: 'unchanged', baseline, by: 'comparison' }
      : { kind: 'changed', baseline, reasons: comparison.value.reasons };
  return { kind: 'found', value: change };
}

/** For a declaration that the baseline did not ship: what is declared today, or a range that is surely a difference. */
function anyRange(declaration: Declaration): string {
  return declaration.specifier === '' ? nextMajorRange('0') : declaration.specifier;
}
