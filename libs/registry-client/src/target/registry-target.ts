/** Where packages go and where they are read, as configured; `gitlab` takes all of it from GitLab's CI variables. */
export type RegistryConfig = 'gitlab' | GitlabConfig | PypiConfig;

export interface GitlabConfig {
  readonly kind: 'gitlab';
  /** Base URL of the instance, a sub-path included. */
  readonly url: string;
  /** Numeric id or full path. */
  readonly project: string | number;
  /** Numeric id or full path; without it reads go through the project. */
  readonly group?: string | number;
  /** Accept plain http to a host that is not this machine. */
  readonly allowHttp?: boolean;
}

/** Any server with the upload API of twine and a simple index (PEP 503). */
export interface PypiConfig {
  readonly kind: 'pypi';
  readonly uploadUrl: string;
  /** The simple index: the parent of every package's page. */
  readonly indexUrl: string;
  readonly allowHttp?: boolean;
}

/** Where packages go and where they are read, as URLs without credentials. */
export interface RegistryTarget {
  readonly kind: 'gitlab' | 'pypi';
  readonly uploadUrl: string;
  /** Ends in `/`. */
  readonly projectIndexUrl: string;
  /** Ends in `/`; null where there is no group. */
  readonly groupIndexUrl: string | null;
  /** GitLab's REST API of the project, `…/api/v4/projects/<id>`; null for other servers. */
  readonly apiUrl: string | null;
  readonly display: string;
}
