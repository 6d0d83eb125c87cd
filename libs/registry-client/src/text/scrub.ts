import type { Problem } from '@nx-pypi/manifests';
import type { Found, RegistryState, UploadOutcome, VerifyOutcome } from '@nx-pypi/release';
import { redact } from './redact.ts';

/** The last gate before anything leaves the client: no problem holds a secret, whatever a server put into its answer (H2). */
export interface Scrubber {
  problem(problem: Problem): Problem;
  found<T>(found: Found<T>): Found<T>;
  state(state: RegistryState): RegistryState;
  outcome<T extends UploadOutcome | VerifyOutcome>(outcome: T): T;
}

export function createScrubber(secrets: readonly string[]): Scrubber {
  function problem({ code, message, hint, where }: Problem): Problem {
    const clean = { code, message: redact(message, secrets), hint: redact(hint, secrets) };
    return where === undefined ? clean : { ...clean, where: redact(where, secrets) };
  }
  return {
    problem,
    found: (found) => (found.kind === 'problem' ? { ...found, problem: problem(found.problem) } : found),
    outcome: (outcome) => ('problem' in outcome ? { ...outcome, problem: problem(outcome.problem) } : outcome),
    state(state) {
      switch (state.kind) {
        case 'absent':
          return state;
        case 'published':
          return { ...state, problems: state.problems.map(problem) };
        case 'unknown':
          return { ...state, problem: problem(state.problem) };
      }
    },
  };
}
