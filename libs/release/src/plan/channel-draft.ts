import type { Detection } from '../detect/detection.ts';
import { shippedDeclarations } from '../detect/declared-text.ts';
import { pairWithShipped } from '../detect/baseline/shipped-ranges.ts';
import type { PlannedConstraint } from '../model/plan.ts';
import { sameTarget } from './channel-version.ts';
import type { Draft, PlanInput } from './draft.ts';
import { sameRange } from './same-range.ts';

type Kept = Extract<Draft, { kind: 'keep' }>;

/**
 * Rule C3: the channel's version of a package, where it was made from today's sources for the same next version, and
 * ships what the draft would ship. Null: it has to be released.
 */
export function heldByChannel(
  draft: Draft,
  detection: Detection,
  input: Pick<PlanInput, 'names' | 'versions'>,
): Kept | null {
  const { channel } = input.versions;
  const held = detection.inChannel;
  if (channel === undefined || held === undefined || draft.kind !== 'release') return null;
  const { version } = held.published;
  const fits =
    held.missing.length === 0 &&
    sameTarget(version, draft.version, channel) &&
    shipsSame(draft.constraints, detection, input.names);
  return fits ? { kind: 'keep', version, inChannel: true } : null;
}

interface Start {
  readonly name: string;
  readonly detection: Detection;
  /** What the package's own change asks for. */
  readonly draft: Draft;
}

/**
 * What the fixpoint begins with, dependencies first. In a channel: what that holds already, and of packages that need each
 * other in a circle, which something moves, all that it holds: no single one of them could be found to fit.
 */
export function startingDrafts(starts: readonly Start[], input: PlanInput): ReadonlyMap<string, Draft> {
  const drafts = new Map(starts.map(({ name, draft }) => [name, draft]));
  const moves = (name: string): boolean => {
    const draft = drafts.get(name);
    return draft?.kind === 'release' || (draft?.kind === 'keep' && draft.inChannel === true);
  };
  for (const { name, detection, draft } of starts) {
    const circle = input.gating.cycleOf.get(name) ?? [];
    const around = circle.flatMap((member) => [member, ...(input.gating.waitsFor.get(member) ?? [])]);
    const held = detection.inChannel;
    if (draft.kind === 'keep' && held?.missing.length === 0 && around.some(moves))
      drafts.set(name, { kind: 'keep', version: held.published.version, inChannel: true });
    else drafts.set(name, heldByChannel(draft, detection, input) ?? draft);
  }
  return drafts;
}

/** A draft without constraints yet is taken as it comes: what its dependencies come to decides. */
function shipsSame(
  constraints: readonly PlannedConstraint[],
  { package: pkg, inChannel }: Detection,
  names: ReadonlySet<string>,
): boolean {
  const pairs = pairWithShipped(shippedDeclarations(pkg, names), inChannel?.shipped ?? []);
  return constraints.every(({ declaration, specifier }) => {
    const pair = pairs.find((each) => each.declaration === pkg.declarations[declaration]);
    return pair?.shipped !== undefined && pair.shipped !== null && sameRange(pair.shipped.specifier, specifier);
  });
}
