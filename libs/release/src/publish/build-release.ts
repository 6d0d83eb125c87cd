import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import { formatVersion, parseDistributionFilename, type Version } from '@nx-pypi/standards';
import { declaredRanges } from '../detect/declared-text.ts';
import type { Artifact } from '../model/artifact.ts';
import type { PlannedRelease } from '../model/plan.ts';
import type { Provenance } from '../model/provenance.ts';
import type { ChannelId } from '../policy/channel.ts';
import { lackingWheels } from '../policy/declared-wheels.ts';
import type { Builder, Checkout } from '../ports.ts';
import { checkArtifact } from './check-artifact.ts';

export type Built =
  | { readonly kind: 'built'; readonly artifacts: readonly Artifact[] }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[]; readonly log: string }
  /** The run was stopped before its turn. */
  | { readonly kind: 'unbuilt' };

export interface BuildContext {
  readonly builder: Builder;
  readonly checkout: Checkout;
  /** Name and version of this product, for the provenance. */
  readonly tool: string;
  /** Rule C3. */
  readonly channel?: ChannelId;
  readonly names: ReadonlySet<string>;
  /** The version that an internal name has after the run; null for other names. */
  readonly versionOf: (name: string) => Version | null;
  readonly outDir: (name: string) => Promise<string>;
  /**
   * The file names that the registry holds of a package. What a package has to have (C4) is then there or built here; left
   * out where other machines build the rest.
   */
  readonly released?: (name: string) => readonly string[];
}

/** Builds one planned release from its stage and checks what came out (law 5, rule G2). Sends nothing. */
export async function buildRelease(
  pkg: PythonPackage,
  release: PlannedRelease,
  digest: string,
  context: BuildContext,
): Promise<Built> {
  const outcome = await context.builder.build({
    package: pkg,
    version: release.version,
    constraints: release.constraints.flatMap((constraint) => {
      const declaration = pkg.declarations[constraint.declaration];
      return declaration === undefined ? [] : [{ declaration, specifier: constraint.specifier }];
    }),
    provenance: provenanceOf(pkg, digest, context),
    artifacts: release.artifacts,
    outDir: await context.outDir(release.name),
  });
  if (outcome.kind === 'failed') return { kind: 'failed', problems: [outcome.problem], log: outcome.log };
  const problems = [
    ...outcome.artifacts.flatMap((artifact) => checkArtifact(artifact, release, context.versionOf)),
    ...lackingHere(release, outcome.artifacts, context),
  ];
  return problems.length > 0 ? { kind: 'failed', problems, log: '' } : outcome;
}

/** Rule C4: a version that lacks the wheels of other platforms would be complete for some and broken for others. */
function lackingHere(
  { name, version, wheels = [] }: PlannedRelease,
  artifacts: readonly Artifact[],
  { released }: BuildContext,
): readonly Problem[] {
  if (released === undefined || wheels.length === 0) return [];
  const before = released(name).filter((filename) => {
    const parsed = parseDistributionFilename(filename);
    return parsed !== null && formatVersion(parsed.version) === version;
  });
  const lacking = lackingWheels(wheels, [...before, ...artifacts.map(({ filename }) => filename)]);
  if (lacking.length === 0) return [];
  return [
    {
      code: 'NXPYPI_WHEELS_ELSEWHERE',
      message: `${name} ${version} has to have wheels for ${lacking.join(' and ')}, which are not built here`,
      hint: 'plan once, build on every platform (nx-pypi build --plan), and publish all folders together (nx-pypi publish --plan --artifacts)',
    },
  ];
}

/** Rule I1. */
function provenanceOf(pkg: PythonPackage, digest: string, context: BuildContext): Provenance {
  const { checkout } = context;
  const dirty = checkout.dirtyPaths.some(
    (path) => pkg.path === '.' || path === pkg.path || path.startsWith(`${pkg.path}/`),
  );
  return {
    format: 1,
    repository: checkout.repository,
    path: pkg.path,
    revision: checkout.revision,
    ref: checkout.ref,
    dirty,
    pipeline: checkout.pipeline,
    ...(context.channel === undefined ? {} : { channel: context.channel }),
    tool: context.tool,
    digest,
    declared: declaredRanges(pkg, context.names),
  };
}
