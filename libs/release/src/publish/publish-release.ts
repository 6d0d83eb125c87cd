import type { Artifact, UploadOutcome } from '../model/artifact.ts';
import type { PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';
import type { PublishedFile } from '../model/registry-state.ts';
import type { Builder, Found, RegistryReader, Uploader } from '../ports.ts';

export interface PublishPorts {
  readonly registry: RegistryReader;
  readonly uploader: Uploader;
  readonly builder: Builder;
  readonly onUpload: (name: string, outcome: UploadOutcome) => void;
}

/** Rules G3, G4 and G7 for one package: its files one after another, the sdist first, then each seen in the index. */
export async function publishRelease(
  release: PlannedRelease,
  artifacts: readonly Artifact[],
  ports: PublishPorts,
): Promise<{ readonly outcome: PackageOutcome; readonly runWide: boolean }> {
  const files: UploadOutcome[] = [];
  for (const artifact of sdistFirst(artifacts)) {
    const outcome = await ports.uploader.upload({
      name: release.name,
      version: release.version,
      artifact,
      sameContent: (theirs) => sameContent(artifact, theirs, ports),
    });
    ports.onUpload(release.name, outcome);
    files.push(outcome);
    if (outcome.kind === 'conflict' || outcome.kind === 'rejected') {
      return { outcome: failed(release, outcome), runWide: outcome.kind === 'rejected' && outcome.runWide };
    }
    const seen = await ports.uploader.verify({
      name: release.name,
      filename: artifact.filename,
      sha256: outcome.sha256,
      size: sizeOf(outcome, artifact),
    });
    if (seen.kind !== 'visible') {
      return { outcome: { kind: 'failed', release, problems: [seen.problem], log: '' }, runWide: false };
    }
  }
  return { outcome: { kind: 'published', release, files }, runWide: false };
}

function failed(
  release: PlannedRelease,
  outcome: Extract<UploadOutcome, { kind: 'conflict' | 'rejected' }>,
): PackageOutcome {
  return { kind: 'failed', release, problems: [outcome.problem], log: '' };
}

/** The sdist's name is the same on every machine and it bears the provenance: it is the claim on the version (G3). */
function sdistFirst(artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifacts.toSorted((a, b) =>
    a.kind === b.kind ? (a.filename < b.filename ? -1 : 1) : a.kind === 'sdist' ? -1 : 1,
  );
}

/** Rule G4: whether a file that is already there differs in nothing that rule D5 counts. */
async function sameContent(artifact: Artifact, theirs: PublishedFile, ports: PublishPorts): Promise<Found<boolean>> {
  const downloaded = await ports.registry.download(theirs);
  if (downloaded.kind === 'problem') return downloaded;
  const compared = await ports.builder.compare(artifact.kind, artifact.file, downloaded.value);
  return compared.kind === 'problem' ? compared : { kind: 'found', value: compared.value.kind === 'same' };
}

/** The length to expect in the index: unknown (-1) where other bytes with the same content were there already. */
function sizeOf(outcome: UploadOutcome, artifact: Artifact): number {
  return outcome.kind === 'already-there' && outcome.same === 'content' ? -1 : artifact.size;
}
