import type { PackageOutcome, PackageResult } from '../model/outcome.ts';
import { planOutcomes } from '../report/outcomes.ts';
import type { Planned, ReleasePorts, ReleaseRequest } from '../run.ts';
import type { Built } from './build-release.ts';
import { leftOpen, refusedAnew, withoutRelease } from './contest.ts';
import type { RunState } from './publish-all.ts';
import { publishRound } from './publish-round.ts';
import { isSettled, type Contested, type RoundOutcome } from './round.ts';

export interface RoundsContext {
  readonly request: ReleaseRequest;
  readonly ports: ReleasePorts;
  /** Plans the named packages against what the registry shows now. */
  readonly replan: (names: readonly string[]) => Promise<Planned>;
}

/** Each round that is lost was won by another run: with so many lost, something else is wrong. */
const MOST_ROUNDS = 16;

/**
 * Rule G5: what another run released first is decided anew against the winner, with all that waits for it, until nothing is
 * left open. Mostly there is one round.
 */
export async function publishRounds(first: Planned, context: RoundsContext): Promise<readonly PackageResult[]> {
  const { request, ports, replan } = context;
  const results: PackageResult[] = [];
  const settle = (name: string, outcome: PackageOutcome): void => {
    const result = { name, path: first.scene.graph.packages.get(name)?.path ?? '', outcome };
    results.push(result);
    ports.progress({ kind: 'settled', ...result });
  };
  const state: RunState = { stopped: false };
  let planned = first;
  let refused: ReadonlyMap<string, Built> = new Map();
  for (let round = 1; ; round += 1) {
    const outcomes = await publishRound(planned, refused, { request, ports, state, onOutcome: settle });
    const open = openOf(outcomes);
    if (open.length === 0) return results;
    if (state.stopped || ports.stop.asked() || round === MOST_ROUNDS) {
      for (const outcome of open) settle(outcome.release.name, leftOpen(outcome, round === MOST_ROUNDS));
      return results;
    }
    for (const outcome of open) {
      const { name, version } = outcome.release;
      if (outcome.kind === 'contested') ports.progress({ kind: 'contested', name, version, by: outcome.by });
    }
    planned = await replan(open.map((outcome) => outcome.release.name));
    for (const { name, outcome } of planOutcomes(planned.plan, false)) settle(name, withoutRelease(outcome));
    refused = await refusedAnew(open.filter(isContested), planned, ports);
  }
}

type Open = Exclude<RoundOutcome, PackageOutcome>;

function openOf(outcomes: ReadonlyMap<string, RoundOutcome>): readonly Open[] {
  return [...outcomes.values()].filter((outcome): outcome is Open => !isSettled(outcome));
}

function isContested(outcome: Open): outcome is Contested {
  return outcome.kind === 'contested';
}
