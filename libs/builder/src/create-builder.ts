import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PythonPackage } from '@nx-pypi/manifests';
import type { Builder, BuildOutcome, Found } from '@nx-pypi/release';
import { availableCpus, readWorkspaceText } from '@nx-pypi/workspace';
import pLimit from 'p-limit';
import { compareArtifacts } from './artifacts/compare/compare-artifacts.ts';
import { inspectArtifact } from './artifacts/inspect-artifact.ts';
import { buildPackage } from './building/build-package.ts';
import type { BuilderOptions } from './builder-options.ts';
import { withKeptLog } from './building/kept-log.ts';
import { openWorkshop } from './building/open-workshop.ts';
import { environmentProblem } from './building/problems.ts';
import { rebuildSdist } from './building/rebuild-sdist.ts';
import { treeWatch } from './building/tree-watch.ts';
import { digestMemory, type DigestMemory } from './digest/digest-memory.ts';
import { sourceDigest } from './digest/source-digest.ts';
import { sharedListing } from './staging/listing.ts';
import { planStage, type StageSources } from './staging/plan-stage.ts';
import { blankedContents } from './staging/staged-contents.ts';

/** Enough to keep the disk busy, few enough for the limit on open files. */
const DIGESTS_AT_ONCE = 32;

/** A builder of one workspace. Nothing is started before it is needed; `close` ends the Python processes. */
export function createBuilder(options: BuilderOptions): Builder & { close(): Promise<void> } {
  const root = realpathSync(options.root);
  const readText = readWorkspaceText(root);
  const folders = options.packageFolders ?? [];
  const packageFolders = new Set(folders);
  const list = sharedListing(root, folders.length === 0 ? ['.'] : folders);
  const limit = pLimit(options.concurrency ?? availableCpus());
  const reading = pLimit(DIGESTS_AT_ONCE);
  const { onNotice } = options;
  const watch = onNotice === undefined ? null : treeWatch(root, async () => (await list()).files, onNotice);
  const workshop = openWorkshop(options);
  const logs = { folder: join(options.cacheDir, 'logs'), root };
  let memory: DigestMemory | null = null;

  /** Opened before the first file is looked at, as its clock requires. */
  function digests(): DigestMemory | null {
    if (options.product !== undefined) memory ??= digestMemory(options.cacheDir, options.product);
    return memory;
  }

  async function sources(): Promise<StageSources> {
    return { root, files: await list(), readText, packageFolders };
  }

  return {
    async digest(pkg) {
      const known = digests();
      // Asked for before the queue: calls that come together share one listing.
      const tree = await sources();
      return reading(async () => digestOf(pkg, tree, known));
    },
    async sources(pkg) {
      const files = await planStage(pkg, await sources());
      if (files.kind === 'problem') return files;
      const paths = files.value.flatMap(({ path, source }) => [path, posixRelative(root, source)]);
      return { kind: 'found', value: [...new Set(paths)] };
    },
    async build(request) {
      const tree = await sources();
      const work = (): Promise<BuildOutcome> => limit(async () => buildPackage(workshop, request, tree));
      // Looking at a large tree takes a while: releases are built together, comparisons one by one.
      const watched = request.provenance === null ? null : watch;
      const outcome = await (watched?.during(tree.files.files, work) ?? work());
      const { normalizedName } = request.package;
      if (outcome.kind === 'built' && request.provenance !== null)
        options.onRelease?.(normalizedName, outcome.artifacts);
      return withKeptLog(outcome, `${normalizedName}-${request.version}`, logs);
    },
    rebuild: (request) => limit(() => rebuildSdist(workshop, request)),
    environment: async (pkg) => {
      const identity = await workshop.identity(pkg.buildRequires);
      return identity.kind === 'found'
        ? identity
        : { kind: 'problem', problem: environmentProblem(pkg, identity.problem) };
    },
    inspect: inspectArtifact,
    compare: compareArtifacts,
    close: async () => {
      await Promise.all([memory?.save(), workshop.close()]);
    },
  };
}

function posixRelative(root: string, file: string): string {
  return relative(root, file).split(sep).join('/');
}

async function digestOf(pkg: PythonPackage, tree: StageSources, memory: DigestMemory | null): Promise<Found<string>> {
  const files = await planStage(pkg, tree);
  if (files.kind === 'problem') return files;
  const known = await memory?.recall(pkg, files.value);
  if (known) return { kind: 'found', value: known };
  const blanked = blankedContents(pkg, tree.readText);
  if (blanked.kind === 'problem') return blanked;
  const digest = await sourceDigest(files.value, blanked.value);
  await memory?.remember(pkg, files.value, digest);
  return { kind: 'found', value: digest };
}
