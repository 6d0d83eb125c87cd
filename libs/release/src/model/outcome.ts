import type { Problem } from '@nx-pypi/manifests';
import type { UploadOutcome } from './artifact.ts';
import type { KeptPackage, PlannedRelease, Stop } from './plan.ts';

/** What a run came to for one package. */
export type PackageOutcome =
  | {
      readonly kind: 'published';
      readonly release: PlannedRelease;
      readonly files: readonly UploadOutcome[];
      /** What was asked for after the release and could not be done: tags, release pages. The release stands. */
      readonly afterwards?: readonly Problem[];
    }
  /** Dry run: what would be published. */
  | { readonly kind: 'planned'; readonly release: PlannedRelease }
  | {
      readonly kind: 'unchanged';
      readonly version: string;
      readonly why: 'digest' | 'comparison' | 'superseded' | 'taken';
      /** Of a superseded package (C6). */
      readonly revisions?: NonNullable<KeptPackage['revisions']>;
      /** As of a published one. */
      readonly afterwards?: readonly Problem[];
    }
  | {
      readonly kind: 'failed';
      readonly release: PlannedRelease | null;
      readonly problems: readonly Problem[];
      /** Captured build output, or ''. */ readonly log: string;
    }
  | {
      readonly kind: 'skipped';
      readonly release: PlannedRelease | null;
      readonly because: Exclude<Stop, { kind: 'problem' }> | { readonly kind: 'run-stopped' };
    };

export interface PackageResult {
  readonly name: string;
  readonly path: string;
  readonly outcome: PackageOutcome;
  /** What the release means for users, in Markdown; where notes were asked for. */
  readonly notes?: string;
}

export interface ReleaseReport {
  /** Sorted by name. */
  readonly results: readonly PackageResult[];
  /** Problems of the workspace or the run as a whole: bad manifests, credentials, refusals. */
  readonly problems: readonly Problem[];
  readonly dryRun: boolean;
}

/** True when everything is as planned: nothing failed, nothing was skipped, no problem stands. */
export function succeeded(report: ReleaseReport): boolean {
  return report.problems.length === 0 && report.results.every(({ outcome }) => isAsAsked(outcome));
}

/** Whether a package came to all that was asked for. */
export function isAsAsked(outcome: PackageOutcome): boolean {
  return outcome.kind !== 'failed' && outcome.kind !== 'skipped' && problemsAfter(outcome).length === 0;
}

/** Problems of an outcome, whether it failed or something after it did. */
export function problemsAfter(outcome: PackageOutcome): readonly Problem[] {
  if (outcome.kind === 'failed') return outcome.problems;
  return 'afterwards' in outcome ? (outcome.afterwards ?? []) : [];
}

/** Whether what needs a package with this outcome may be published. */
export function opensGate(outcome: PackageOutcome): boolean {
  return outcome.kind === 'published' || outcome.kind === 'unchanged' || outcome.kind === 'planned';
}
