import type { Discovery, Problem } from '@nx-pypi/manifests';
import { parseVersion } from '@nx-pypi/standards';
import { buildGraph } from '../graph/package-graph.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import type { Builder, Checkout } from '../ports.ts';
import { buildRelease, type Built } from './build-release.ts';

export interface BuildPlanInput {
  readonly plan: ReleasePlan;
  readonly discovery: Discovery;
  readonly checkout: Checkout;
  readonly tool: string;
  /** See `BuildContext`. */
  readonly released?: (name: string) => readonly string[];
}

export interface BuildPlanPorts {
  readonly builder: Builder;
  readonly scratch: (name: string) => Promise<string>;
}

/** Builds and checks what a plan releases, with nothing but the plan and the checkout: no registry is asked. By name. */
export async function buildPlan(input: BuildPlanInput, ports: BuildPlanPorts): Promise<ReadonlyMap<string, Built>> {
  const { plan, discovery } = input;
  const graph = buildGraph(discovery.packages);
  const versions = new Map([...plan.kept, ...plan.releases].map(({ name, version }) => [name, parseVersion(version)]));
  const context = {
    ...input,
    ...(plan.channel === undefined ? {} : { channel: plan.channel }),
    builder: ports.builder,
    names: new Set([...graph.packages.keys(), ...graph.duplicates.keys()]),
    versionOf: (name: string) => versions.get(name) ?? null,
    outDir: ports.scratch,
  };
  const built = plan.releases.map(async (release): Promise<readonly [string, Built]> => {
    const pkg = graph.packages.get(release.name);
    const fits =
      pkg?.path === release.path &&
      release.constraints.every((constraint) => declares(pkg.declarations[constraint.declaration], constraint));
    if (pkg === undefined || !fits) return [release.name, failed(otherCheckout(release))];
    const digest = await ports.builder.digest(pkg);
    if (digest.kind === 'problem') return [release.name, failed(digest.problem)];
    return [release.name, await buildRelease(pkg, release, digest.value, context)];
  });
  return new Map(await Promise.all(built));
}

function declares(
  declaration: { readonly normalizedName: string } | undefined,
  constraint: { readonly dependency: string },
): boolean {
  return declaration?.normalizedName === constraint.dependency;
}

function failed(problem: Problem): Built {
  return { kind: 'failed', problems: [problem], log: '' };
}

function otherCheckout({ name, path }: PlannedRelease): Problem {
  return {
    code: 'NXPYPI_PLAN_MISMATCH',
    message: `the plan releases ${name} from ${path}, which this checkout does not hold as it was planned`,
    hint: 'build from the commit that was planned, or plan again',
    where: path,
  };
}
