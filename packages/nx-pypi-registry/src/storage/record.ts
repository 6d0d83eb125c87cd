import type { JobPipeline } from '../realm/realm.ts';

/** The metadata fields that GitLab keeps of an upload, cut to its column widths. */
export interface UploadMetadata {
  readonly requiresPython: string;
  readonly metadataVersion: string;
  readonly authorEmail: string;
  readonly description: string;
  readonly descriptionContentType: string;
  readonly summary: string;
  readonly keywords: string;
}

/** The pipeline of the job that uploaded, with the project that it ran in. */
export interface BuildInfo extends JobPipeline {
  readonly projectId: number;
}

/** One package file as it lies on disk: `records/<id>.json`, beside `blobs/<blob>`. */
export interface FileRecord {
  readonly format: 1;
  readonly id: number;
  /** The package row (one raw name, one raw version) that the file belongs to. */
  readonly packageId: number;
  readonly projectId: number;
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly size: number;
  /** Measured. */
  readonly md5: string;
  readonly sha1: string;
  /** As the client sent it, unchecked; null where it sent none (GitLab issue 517919). */
  readonly sha256: string | null;
  /** File name in `blobs/`. */
  readonly blob: string;
  readonly metadata: UploadMetadata;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** User name of the uploader; null for deploy tokens. */
  readonly creator: string | null;
  readonly build: BuildInfo | null;
  /** Hidden, its name not yet free: GitLab's `pending_destruction`. */
  readonly removed: boolean;
}
