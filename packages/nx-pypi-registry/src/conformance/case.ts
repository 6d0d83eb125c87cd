/** The behaviour of GitLab's PyPI registry as data: what is sent, and what comes back. */

/** Who sends a request. Their tokens come with the target; `anonymous`, `wrong` and `wrong-job` need none. */
export type Actor =
  | 'developer'
  | 'maintainer'
  | 'guest'
  | 'outsider'
  | 'job'
  | 'foreign-job'
  | 'deploy-read'
  | 'deploy-write'
  | 'anonymous'
  | 'wrong'
  | 'wrong-job';

/** A setting that a server has or has not. The first four are found out, the others are given by the target. */
export type Setting =
  | 'private project'
  | 'public project'
  | 'forwarding on'
  | 'forwarding off'
  | 'PEP 691 on'
  | 'PEP 691 off'
  | 'FIPS mode'
  | 'object storage'
  | 'file size limit of 1000 bytes';

/**
 * How sure it is that GitLab behaves so: its source, its own specs, its issues, its docs, or only a conclusion from these.
 */
export type Evidence = 'code' | 'spec' | 'issue' | 'docs' | 'inferred';

export interface ConformanceCase {
  /** 1 to 51; a letter where a number has several parts. */
  readonly id: string;
  readonly title: string;
  readonly evidence: readonly Evidence[];
  readonly settings?: readonly Setting[];
  readonly steps: readonly Step[];
}

/**
 * Texts may hold placeholders: `{name}` a package name that only this case uses, `{under}` the same with underscores,
 * `{Name}` with capitals and underscores, `{upper}` in capitals, and what the target gives: `{project}`, `{group}`, `{publicProject}`,
 * `{emptyProject}`, `{hiddenProject}`, `{hiddenGroup}`, `{protectedName}`; or what an earlier step has kept.
 */
export interface Step {
  /** Default `developer`. */
  readonly as?: Actor;
  /**
   * Default `basic`, as Python clients do. `rest`: PRIVATE-TOKEN, or JOB-TOKEN for jobs. `job-header`: JOB-TOKEN.
   * `basic-other`: a job's token under another user name than `gitlab-ci-token`.
   */
  readonly by?: 'basic' | 'rest' | 'job-header' | 'basic-other';
  readonly send: Send;
  readonly expect: Expectation;
  /** Keeps the first group of a pattern in the answer's body for later steps, under a name. */
  readonly keep?: { readonly name: string; readonly pattern: string };
  /** How often it is sent at the same time. Default 1; each answer has to fit. */
  readonly parallel?: number;
}

type Send =
  | { readonly kind: 'upload'; readonly upload: UploadStep }
  /** `path` below `/api/v4`, or a whole URL. */
  | { readonly kind: 'get'; readonly path: string; readonly accept?: string }
  | { readonly kind: 'put'; readonly path: string }
  | { readonly kind: 'delete'; readonly path: string };

export interface UploadStep {
  /** Below `/api/v4`. Default `/projects/{project}/packages/pypi`. */
  readonly path?: string;
  readonly filename?: string;
  readonly content?: string;
  /** Beside the defaults `name`, `version`, `requires_python` and the right `sha256_digest`. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly without?: readonly string[];
  /** Name of the file part. Default `content`. */
  readonly part?: string;
}

/** Everything that is given has to fit. Patterns are regular expressions. */
export interface Expectation {
  readonly status: number | readonly number[];
  /** The JSON member `message`, exactly. */
  readonly message?: string;
  readonly matches?: readonly string[];
  readonly lacks?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The values of a member over a JSON list, in its order. */
  readonly list?: { readonly member: string; readonly values: readonly string[] };
  readonly length?: number;
}
