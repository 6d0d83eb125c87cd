export type { Artifact, ArtifactKind, UploadOutcome, VerifyOutcome } from './model/artifact.ts';
export type { Change, MetadataDifference, Reason } from './model/change.ts';
export type { Provenance } from './model/provenance.ts';
export type { PublishedFile, PublishedVersion, RegistryState } from './model/registry-state.ts';
export type {
  ArtifactFacts,
  BuildOutcome,
  BuildRequest,
  Builder,
  Checkout,
  Comparison,
  Found,
  RegistryReader,
  UploadRequest,
  Uploader,
} from './ports.ts';
