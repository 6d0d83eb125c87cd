import type { Actor, Setting } from './case.ts';

/** A server to compare with GitLab, and what may be used there. What is left out makes some cases not applicable. */
export interface ConformanceTarget {
  /** Server URL with its base path, without `/api/v4` and without a slash at its end. */
  readonly url: string;
  /** Numeric id or full path. The cases leave packages behind in it. */
  readonly project: string;
  readonly group?: string;
  /** Another project, which everyone may read. */
  readonly publicProject?: string;
  /** A project without packages. */
  readonly emptyProject?: string;
  /** A project that a maintainer sees and an outsider does not, in a group that both see. */
  readonly hidden?: { readonly project: string; readonly group: string };
  /** A package name in `project` that a developer may not upload. */
  readonly protectedName?: string;
  readonly tokens: Readonly<Partial<Record<Actor, string>>>;
  /** URLs of servers (or this one's own) with settings that cannot be found out from outside. */
  readonly servers?: Readonly<Partial<Record<Setting, string>>>;
  /** How long a read may take to show what was written, in milliseconds. Default 0. */
  readonly patience?: number;
}

export type Outcome = 'same' | 'different' | 'not applicable';

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly evidence: string;
  readonly outcome: Outcome;
  /** What differs, or why it is not applicable; empty where it is the same. */
  readonly detail: string;
}

export interface ConformanceReport {
  readonly results: readonly CaseResult[];
  /** Names of the packages that the run has left behind. */
  readonly left: readonly string[];
}
