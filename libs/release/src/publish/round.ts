import type { Problem } from '@nx-pypi/manifests';
import type { PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';

/**
 * What one round of publishing came to for one package. A contested release was overtaken by another run, and one that is
 * held needs a contested one: both are decided anew in the next round (rule G5).
 */
export type RoundOutcome =
  | PackageOutcome
  | {
      readonly kind: 'contested';
      readonly release: PlannedRelease;
      /** Canonical text of the version that came first: its own where other content has it. */
      readonly by: string;
      /** Says both digests where the version itself was taken; null where another version came. */
      readonly problem: Problem | null;
    }
  | { readonly kind: 'held'; readonly release: PlannedRelease; readonly dependency: string };

export type Contested = Extract<RoundOutcome, { kind: 'contested' }>;

/** Whether the outcome stands, whatever other runs do. */
export function isSettled(outcome: RoundOutcome): outcome is PackageOutcome {
  return outcome.kind !== 'contested' && outcome.kind !== 'held';
}
