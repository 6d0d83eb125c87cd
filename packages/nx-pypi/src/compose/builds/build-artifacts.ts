import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder } from '@nx-pypi/builder';
import { discoverPackages } from '@nx-pypi/manifests';
import {
  buildPlan,
  type Artifact,
  type ArtifactList,
  type Built,
  type Found,
  type ReleasePlan,
} from '@nx-pypi/release';
import { cacheFolder, listWorkspaceFiles, readCheckout, readWorkspaceText } from '@nx-pypi/workspace';
import { writeArtifacts } from './artifact-folder.ts';
import { builderOptions } from './builder-options.ts';
import type { RunContext } from '../open-run.ts';
import { PRODUCT } from '../product.ts';

export interface BuiltPlan {
  readonly list: ArtifactList;
  readonly failed: ReadonlyMap<string, Extract<Built, { kind: 'failed' }>>;
}

/** Builds what a plan releases into a folder. No registry is opened and no credential is looked for (rule H2). */
export async function buildArtifacts(context: RunContext, plan: ReleasePlan, out: string): Promise<Found<BuiltPlan>> {
  const { root, env } = context;
  const checkout = await readCheckout(root, env);
  if (checkout.kind === 'problem') return checkout;
  const files = (await listWorkspaceFiles(root)).filter((file) => context.plugin.takes(file));
  const discovery = discoverPackages(files, readWorkspaceText(root));
  const cacheDir = cacheFolder(root);
  const packageFolders = discovery.packages.map((pkg) => pkg.path);
  const builder = createBuilder({ root, cacheDir, env, packageFolders, ...builderOptions(context.plugin.options) });
  const scratch = join(cacheDir, 'runs', `${Date.now()}-${process.pid}`);
  try {
    const built = await buildPlan(
      { plan, discovery, checkout: checkout.value, tool: PRODUCT },
      { builder, scratch: (name) => Promise.resolve(join(scratch, name)) },
    );
    const whole = new Map<string, readonly Artifact[]>();
    const failed = new Map<string, Extract<Built, { kind: 'failed' }>>();
    for (const [name, outcome] of built) {
      if (outcome.kind === 'built') whole.set(name, outcome.artifacts);
      else if (outcome.kind === 'failed') failed.set(name, outcome);
    }
    const versions = new Map(plan.releases.map(({ name, version }) => [name, version]));
    const { revision } = checkout.value;
    const list = writeArtifacts(out, whole, { tool: PRODUCT, revision, versionOf: (name) => versions.get(name) ?? '' });
    return { kind: 'found', value: { list, failed } };
  } finally {
    await builder.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
