import type { Change, Reason } from '../model/change.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Makers } from '../ports.ts';
import { keysOf, reasonsAt, splitReasons } from './split-reasons.ts';

/** All that builds can tell of a package and its baseline. */
export interface Evidence {
  /** Ours from what was published. */
  readonly published: readonly Reason[];
  /** Ours from the baseline's own sdist, built with the same tools; null: there is none, or it does not build (D6). */
  readonly rebuilt: readonly Reason[] | null;
  /** Ours from a second build of the same stage (D7). */
  readonly again: readonly Reason[];
  /** Whether the baseline's digest is today's; null: it has none. */
  readonly sameDigest: boolean | null;
  /** The build tools of what was published and of ours, where they are known to differ. */
  readonly makers?: Makers | undefined;
}

/** A comparison's verdict without the baseline that it is about: what can be remembered. */
export type Verdict =
  | { readonly kind: 'unchanged'; readonly by: 'digest' | 'comparison'; readonly notes: readonly Reason[] }
  | { readonly kind: 'changed'; readonly reasons: readonly Reason[]; readonly notes: readonly Reason[] };

/** Rules D6 and D7: what of the differences counts. */
export function judgeDifference({ published, rebuilt, again, sameDigest, makers }: Evidence): Verdict {
  const licences = sameDigest === null ? published.flatMap(newLicences) : [];
  const counted = reasonsAt(published, new Set(published.flatMap(keysOf).filter((key) => !licences.includes(key))));
  const split = rebuilt === null ? { shared: counted, alone: [] } : splitReasons(counted, rebuilt);
  const { shared } = split;
  const alone = [...split.alone, ...licences].toSorted();
  const toolchain: readonly Reason[] = alone.length === 0 ? [] : [toolchainNote(alone, makers)];
  if (shared.length === 0) return { kind: 'unchanged', by: 'comparison', notes: toolchain };
  const unstable = new Set(again.flatMap(keysOf));
  const affected = [...new Set(shared.flatMap(keysOf))].filter((key) => unstable.has(key)).toSorted();
  if (affected.length === 0) return { kind: 'changed', reasons: shared, notes: toolchain };
  const unreproducible: Reason = { kind: 'unreproducible', differences: affected };
  if (sameDigest === true) return { kind: 'unchanged', by: 'digest', notes: [unreproducible, ...toolchain] };
  const stable = reasonsAt(shared, new Set(shared.flatMap(keysOf).filter((key) => !unstable.has(key))));
  return stable.length === 0
    ? { kind: 'changed', reasons: [unreproducible], notes: toolchain }
    : { kind: 'changed', reasons: stable, notes: [unreproducible, ...toolchain] };
}

function toolchainNote(differences: readonly string[], makers: Makers | undefined): Reason {
  return { kind: 'toolchain', differences, ...(makers === undefined ? {} : { tools: makers }) };
}

/**
 * A baseline of another tool without the licence files that ours has: older backends shipped none unless they were named,
 * newer ones find them (PEP 639), and an sdist without them can't show it.
 */
function newLicences(reason: Reason): readonly string[] {
  return reason.kind === 'files' ? reason.added.filter((path) => path.startsWith('licence ')) : [];
}

export function changeOf(verdict: Verdict, baseline: PublishedVersion): Change {
  const notes = verdict.notes.length === 0 ? {} : { notes: verdict.notes };
  return verdict.kind === 'unchanged'
    ? { kind: 'unchanged', baseline, by: verdict.by, ...notes }
    : { kind: 'changed', baseline, reasons: verdict.reasons, ...notes };
}
