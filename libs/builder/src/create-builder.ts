import { realpathSync } from 'node:fs';
import type { Builder } from '@nx-pypi/release';
import { availableCpus, readWorkspaceText } from '@nx-pypi/workspace';
import pLimit from 'p-limit';
import { compareArtifacts } from './artifacts/compare/compare-artifacts.ts';
import { inspectArtifact } from './artifacts/inspect-artifact.ts';
import { buildPackage } from './building/build-package.ts';
import type { BuilderOptions } from './builder-options.ts';
import { openWorkshop } from './building/open-workshop.ts';
import { rebuildSdist } from './building/rebuild-sdist.ts';
import { sourceDigest } from './digest/source-digest.ts';
import { sharedListing } from './staging/listing.ts';
import { planStage, type StageSources } from './staging/plan-stage.ts';
import { blankedContents } from './staging/staged-contents.ts';

/** A builder of one workspace. Nothing is started before it is needed; `close` ends the Python processes. */
export function createBuilder(options: BuilderOptions): Builder & { close(): Promise<void> } {
  const root = realpathSync(options.root);
  const readText = readWorkspaceText(root);
  const list = sharedListing(root);
  const limit = pLimit(options.concurrency ?? availableCpus());
  const workshop = openWorkshop(options);

  async function sources(): Promise<StageSources> {
    return { root, files: await list(), readText, packageFolders: options.packageFolders ?? [] };
  }

  return {
    async digest(pkg) {
      const files = await planStage(pkg, await sources());
      if (files.kind === 'problem') return files;
      const blanked = blankedContents(pkg, readText);
      if (blanked.kind === 'problem') return blanked;
      return { kind: 'found', value: await sourceDigest(files.value, blanked.value) };
    },
    async build(request) {
      const tree = await sources();
      return limit(async () => buildPackage(workshop, request, tree));
    },
    rebuild: (request) => limit(() => rebuildSdist(workshop, request)),
    environment: (pkg) => workshop.identity(pkg.buildRequires),
    inspect: inspectArtifact,
    compare: compareArtifacts,
    close: workshop.close,
  };
}
