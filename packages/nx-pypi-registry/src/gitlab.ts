import type { ServerResponse } from 'node:http';
import type { AccessRules } from './auth/authorize.ts';
import type { Taken } from './faults/control.ts';
import type { Features } from './options.ts';
import type { FileRecord } from './storage/record.ts';
import type { Storage } from './storage/storage.ts';

/** What every route works with. */
export interface Gitlab extends AccessRules {
  readonly features: Features;
  readonly storage: Storage;
  /** Path below the host, without a slash at its end: `` or `/gitlab`. */
  readonly basePath: string;
  /** The faults that hit this request. */
  readonly effectsOn: (response: ServerResponse) => readonly Taken[];
  /** When a package row was last downloaded (ISO 8601), since the start. */
  readonly downloads: Map<number, string>;
  /** A signed URL of the file on the storage's origin. */
  readonly storageUrl: (file: FileRecord) => Promise<string>;
}
