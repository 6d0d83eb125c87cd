import type { Problem } from '@nx-pypi/manifests';
import type { Artifact, UploadOutcome } from '../model/artifact.ts';
import type { PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';
import type { PublishedFile } from '../model/registry-state.ts';
import type { Builder, Found, RegistryReader, Uploader } from '../ports.ts';
import type { ReleasePorts } from '../run.ts';
import type { Afterwards } from './afterwards.ts';
import type { RoundOutcome } from './round.ts';
import { overtakenBy, type PlannedAgainst } from './overtaken.ts';
import { versionTaken } from './winner.ts';

export interface PublishPorts extends Afterwards {
  readonly registry: RegistryReader;
  readonly uploader: Uploader;
  readonly builder: Builder;
  readonly progress: ReleasePorts['progress'];
}

interface Sent {
  readonly artifact: Artifact;
  readonly outcome: Extract<UploadOutcome, { kind: 'uploaded' | 'already-there' }>;
}

export type SentRelease =
  | { readonly kind: 'sent'; readonly files: readonly Sent[] }
  /** `runWide`: for a cause that all other packages would meet too. */
  | { readonly kind: 'ended'; readonly outcome: RoundOutcome; readonly runWide: boolean };

/** Rules G3 and G4 for one package: its files one after another, the sdist first. */
export async function sendRelease(
  release: PlannedRelease,
  artifacts: readonly Artifact[],
  against: PlannedAgainst,
  ports: PublishPorts,
): Promise<SentRelease> {
  const sent: Sent[] = [];
  for (const artifact of sdistFirst(artifacts)) {
    // Once a file of the version is there, the version is claimed: it is finished whatever comes after it.
    const claims = release.verdict !== 'incomplete' && sent.length === 0;
    const { filename, size } = artifact;
    ports.progress({ kind: 'sending', name: release.name, version: release.version, filename, bytes: size });
    const outcome = await ports.uploader.upload({
      name: release.name,
      version: release.version,
      artifact,
      sameContent: (theirs) => sameContent(artifact, theirs, ports),
      onFailedTry: (problem) => ports.progress({ kind: 'trying-again', name: release.name, filename, problem }),
      ...(claims ? { overtakenBy: (state) => overtakenBy(release, state, against) } : {}),
    });
    ports.progress({ kind: 'uploaded', name: release.name, outcome });
    if (outcome.kind === 'uploaded' || outcome.kind === 'already-there') sent.push({ artifact, outcome });
    else return stopped(release, outcome, against, ports);
  }
  return { kind: 'sent', files: sent };
}

async function stopped(
  release: PlannedRelease,
  outcome: Exclude<UploadOutcome, { kind: 'uploaded' | 'already-there' }>,
  { decidesAnew }: PlannedAgainst,
  ports: PublishPorts,
): Promise<SentRelease> {
  switch (outcome.kind) {
    case 'overtaken':
      return ended({ kind: 'contested', release, by: outcome.version, problem: null });
    case 'conflict': {
      if (decidesAnew) {
        return ended({ kind: 'contested', release, by: release.version, problem: outcome.problem });
      }
      const taken = await versionTaken(release, release.version, ports);
      return ended(failed(release, [taken, outcome.problem]));
    }
    case 'rejected':
      return ended(failed(release, [outcome.problem]), outcome.runWide);
  }
}

function ended(outcome: RoundOutcome, runWide = false): SentRelease {
  return { kind: 'ended', outcome, runWide };
}

function failed(release: PlannedRelease, problems: readonly Problem[]): PackageOutcome {
  return { kind: 'failed', release, problems, log: '' };
}

/** Rule G7 for one package: all its files are seen in the index. */
export async function verifyRelease(
  release: PlannedRelease,
  sent: readonly Sent[],
  { uploader }: PublishPorts,
): Promise<PackageOutcome> {
  const seen = await Promise.all(
    sent.map(({ artifact, outcome }) =>
      uploader.verify({
        name: release.name,
        filename: artifact.filename,
        sha256: outcome.sha256,
        size: outcome.kind === 'already-there' && outcome.same === 'content' ? null : artifact.size,
      }),
    ),
  );
  const problems = seen.flatMap((outcome) => (outcome.kind === 'visible' ? [] : [outcome.problem]));
  if (problems.length > 0) return failed(release, problems);
  return { kind: 'published', release, files: sent.map(({ outcome }) => outcome) };
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
