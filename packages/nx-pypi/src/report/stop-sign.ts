import type { StopSign } from '@nx-pypi/release';

/** Nobody can stop what has no effect. */
export const NEVER: StopSign = { asked: () => false, request: new Promise(() => {}) };

/** 128 and the signal's number, as shells tell it. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export interface Signals extends StopSign {
  /** The process ends by signals again. */
  readonly release: () => void;
}

/** The first SIGINT or SIGTERM asks the run to end, with a report of what is left; the second ends the process at once. */
export function heedSignals(say: (line: string) => void): Signals {
  let asked = false;
  let ask = (): void => {};
  const request = new Promise<void>((resolve) => {
    ask = resolve;
  });
  const heed = (signal: keyof typeof CODES) => (): void => {
    if (asked) process.exit(CODES[signal]);
    asked = true;
    say(`${signal}: uploads in flight are finished, nothing else begins; once more ends at once`);
    ask();
  };
  const listeners = { SIGINT: heed('SIGINT'), SIGTERM: heed('SIGTERM') };
  process.on('SIGINT', listeners.SIGINT).on('SIGTERM', listeners.SIGTERM);
  return {
    asked: () => asked,
    request,
    release: () => {
      process.off('SIGINT', listeners.SIGINT).off('SIGTERM', listeners.SIGTERM);
    },
  };
}
