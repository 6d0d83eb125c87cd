/** Everything that the release can do to the world. Pure code sees these interfaces only. */
import type { Declaration, Problem, PythonPackage } from '@nx-pypi/manifests';
import type { CoreMetadata } from '@nx-pypi/standards';
import type { Artifact, ArtifactKind, UploadOutcome, VerifyOutcome } from './model/artifact.ts';
import type { Reason } from './model/change.ts';
import type { Provenance } from './model/provenance.ts';
import type { PublishedFile, RegistryState } from './model/registry-state.ts';

/** A value, or the problem that kept it from being found out. */
export type Found<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface RegistryReader {
  /** Names normalised (PEP 503). Group and project index both asked (B3). One entry per name; never rejects for a package's cause. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, RegistryState>>;
  /** Past every cache: what the index says of one package now. */
  readFresh(name: string): Promise<RegistryState>;
  /** Downloads into the cache of immutable files, accepted by its sha256 alone (B4). The value is an absolute path. */
  download(file: PublishedFile): Promise<Found<string>>;
}

export interface Uploader {
  /** Proves the credential for uploads of these names with a call that can fail (B3, G2); null when they may start. A problem here concerns the whole run. */
  prove(names: readonly string[]): Promise<Problem | null>;
  /** One file (G3, G4): looks at the index before it sends and after every failure; never overwrites. `sameContent` is asked when the name is taken by other bytes. */
  upload(request: UploadRequest): Promise<UploadOutcome>;
  /** Polls the index until it shows the sha256 (G7). */
  verify(request: {
    readonly name: string;
    readonly filename: string;
    readonly sha256: string;
    /** Bytes; null where other bytes with the same content were there already. */
    readonly size: number | null;
  }): Promise<VerifyOutcome>;
}

export interface UploadRequest {
  readonly name: string;
  readonly version: string;
  readonly artifact: Artifact;
  readonly sameContent: (theirs: PublishedFile) => Promise<Found<boolean>>;
  /** Asked with every look at the index that does not show the file: a version that makes the plan obsolete, or null (G5). */
  readonly overtakenBy?: (state: RegistryState) => string | null;
  /** Told of every try that failed and is followed by another. */
  readonly onFailedTry?: (problem: Problem) => void;
}

export interface BuildRequest {
  readonly package: PythonPackage;
  /** Canonical PEP 440 text, written into the stage. */
  readonly version: string;
  /** What every internal declaration is to ship: PEP 440 specifier sets. */
  readonly constraints: readonly { readonly declaration: Declaration; readonly specifier: string }[];
  /** Written into the staged manifest (I1); null leaves it out. */
  readonly provenance: Provenance | null;
  readonly artifacts: readonly ArtifactKind[];
  /** Absolute path of an existing or new folder. */
  readonly outDir: string;
}

export type BuildOutcome =
  | { readonly kind: 'built'; readonly artifacts: readonly Artifact[] }
  /** `log` is the build's captured output, control characters removed. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly log: string };

/** The sources of a released version, to be built once more (rule D6). */
export interface RebuildRequest {
  /** Today's package: where the sdist names the same backend, its build environment is used. */
  readonly package: PythonPackage;
  /** Absolute path. */
  readonly sdist: string;
  readonly filename: string;
  /** Canonical PEP 440 text of the released version. */
  readonly version: string;
  readonly artifacts: readonly ArtifactKind[];
  /** Absolute path of an existing or new folder. */
  readonly outDir: string;
}

/** What a released file says of itself. */
export interface ArtifactFacts {
  readonly kind: ArtifactKind;
  readonly metadata: CoreMetadata;
  /** From the sdist's pyproject.toml or setup.cfg; null where there is none (I2) and for wheels. */
  readonly provenance: Provenance | null;
}

export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly reasons: readonly Reason[]; readonly makers?: Makers };

/** The build tools of theirs and of ours, where both name one and they differ (`Generator` of WHEEL). */
export interface Makers {
  readonly before: string;
  readonly after: string;
}

export interface Builder {
  /** Source digest of a package as its stage would be, before any edit (D1, D2): `1:<hex>`. */
  digest(pkg: PythonPackage): Promise<Found<string>>;
  /** The files that its stage would hold (D1), relative to the workspace: those of its folder, those outside, and what symlinks of these stand for. */
  sources(pkg: PythonPackage): Promise<Found<readonly string[]>>;
  /** Never rejects for a package's cause. Writes outDir and caches only (law 7). */
  build(request: BuildRequest): Promise<BuildOutcome>;
  /** Unpacks a released sdist (H4) and builds it as it is. Never rejects for the sdist's cause. */
  rebuild(request: RebuildRequest): Promise<BuildOutcome>;
  /** Identity of what a package is built with today: made when missing; another one after every refresh. */
  environment(pkg: PythonPackage): Promise<Found<string>>;
  /** Opens a wheel or sdist (H4). */
  inspect(file: string, filename: string): Promise<Found<ArtifactFacts>>;
  /** Member by member, without what rule D5 does not count. Both absolute paths, both of one kind. */
  compare(kind: ArtifactKind, ours: string, theirs: string): Promise<Found<Comparison>>;
}

/** Where this checkout stands. */
export interface Checkout {
  readonly repository: string;
  readonly revision: string;
  readonly ref: string;
  readonly pipeline: string;
  /** Workspace-relative paths that differ from the commit, tracked or untracked and not ignored. */
  readonly dirtyPaths: readonly string[];
}
