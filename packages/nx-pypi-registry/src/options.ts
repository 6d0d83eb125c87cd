import type { FaultPlan } from './faults/fault.ts';
import type { LogEntry } from './http/request-log.ts';
import type { Realm } from './realm/realm.ts';

export interface RegistryOptions {
  /** Folder that holds the packages; made where it is missing, kept when the registry closes. One server at a time. */
  readonly storage: string;
  /** Default `127.0.0.1`: nobody else can connect. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Where GitLab is mounted below the host: `/gitlab`. Default none. */
  readonly basePath?: string;
  /** Default `localRealm('local')`. */
  readonly realm?: Realm;
  readonly features?: Partial<Features>;
  /** What goes wrong from the start; `RunningRegistry.faults` arms more. */
  readonly faults?: FaultPlan;
  /** Called when an answer has ended, however it ended. */
  readonly requestLog?: (entry: LogEntry) => void;
}

/** Settings and versions in which GitLab servers differ. */
export interface Features {
  /**
   * Setting "Forward PyPI package requests": an unknown name is answered with a redirect to the public index. A string is
   * the base URL to redirect to; `true` redirects to a host that does not exist. Off by default here, on in GitLab.
   */
  readonly forwarding: boolean | string;
  /** Flag `pypi_pep_691_json`. Default false. */
  readonly pep691: boolean;
  /** FIPS mode: an upload without sha256_digest is a 422. Default false. */
  readonly fips: boolean;
  /** Downloads answer with a redirect to a storage on another origin. Default false. */
  readonly objectStorageRedirect: boolean;
  /** `pypi_max_file_size` in bytes. Default 3 GiB. */
  readonly maxFileSize: number;
  /** Flag `allow_guest_plus_roles_to_pull_packages`. Default true. */
  readonly guestsPull: boolean;
  /** Error texts without the prefix `400 Bad request - `, as before 2024. Default false. */
  readonly olderErrors: boolean;
}

export const defaultFeatures: Features = {
  forwarding: false,
  pep691: false,
  fips: false,
  objectStorageRedirect: false,
  maxFileSize: 3 * 1024 ** 3,
  guestsPull: true,
  olderErrors: false,
};
