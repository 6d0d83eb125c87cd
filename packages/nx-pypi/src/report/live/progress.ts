import { describeOutcome, type ReleaseEvent } from '@nx-pypi/release';
import { progressLine } from '../../executors/publish/progress-line.ts';
import { openLiveView, type LiveView, type Screen } from './live-view.ts';

/** How a run tells a person what it does. */
export interface Progress {
  readonly note: (event: ReleaseEvent) => void;
  readonly say: (line: string) => void;
  /** The report follows. */
  readonly end: () => void;
}

export interface ProgressPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line of a log. */
  readonly error: (line: string) => void;
  /** Absent where nobody watches. */
  readonly screen?: Screen | undefined;
}

/** Narrower than this, a view says nothing. */
const LEAST_COLUMNS = 20;

/** A live view on a terminal that can draw one, where a person watches; one line per event elsewhere. */
export function openProgress(place: ProgressPlace, forPeople: boolean): Progress {
  const { env, screen, error } = place;
  const live = forPeople && screen !== undefined && canDraw(env, screen);
  return live ? inView(openLiveView(screen)) : inLines(error);
}

function canDraw(env: ProgressPlace['env'], { columns }: Screen): boolean {
  return env['TERM'] !== 'dumb' && !isOn(env['CI']) && (columns || LEAST_COLUMNS) >= LEAST_COLUMNS;
}

function isOn(variable: string | undefined): boolean {
  return variable !== undefined && variable !== '' && variable !== 'false' && variable !== '0';
}

function inLines(say: (line: string) => void): Progress {
  return {
    say,
    note: (event) => {
      const line = event.kind === 'settled' && event.outcome.kind === 'planned' ? null : progressLine(event, 2);
      if (line !== null) say(line);
    },
    end: () => {},
  };
}

/** Only what a person must not miss stays above the view: the report tells the rest. */
function inView(view: LiveView): Progress {
  return {
    say: view.print,
    end: view.end,
    note: (event) => {
      view.note(event);
      if (event.kind === 'contested') view.print(progressLine(event, 2) ?? '');
      if (event.kind === 'settled' && event.outcome.kind === 'failed')
        view.print(`  ${event.name}  ${describeOutcome(event.outcome)}`);
    },
  };
}
