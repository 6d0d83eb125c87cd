import type { ReleaseEvent } from '@nx-pypi/release';
import { frame } from './frame.ts';
import { viewAfter, viewAt } from './view-state.ts';

/** The part of a terminal's stream that a view needs. A terminal that was not told its size says 0. */
export interface Screen {
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly write: (text: string) => unknown;
}

/** Some lines at the bottom of a terminal that are drawn anew, with lines that stay above them. */
export interface LiveView {
  readonly note: (event: ReleaseEvent) => void;
  /** A line that stays. */
  readonly print: (line: string) => void;
  /** Takes the view away; what was printed stays. */
  readonly end: () => void;
}

/** Often enough for eyes. */
const PERIOD_MS = 100;

/** Erase to the end of the line, and of the screen. Source: ECMA-48, 8.3.41 (EL) and 8.3.39 (ED). */
const TO_LINE_END = '\u001B[K';
const TO_SCREEN_END = '\u001B[J';

/**
 * Draws each picture over the last one, in one write: nothing is blank in between. The cursor stays visible and below the view, so
 * that a process that is killed leaves a terminal that works. Wants neither colours nor a wide terminal.
 */
export function openLiveView(screen: Screen, clock: () => number = () => performance.now()): LiveView {
  let view = viewAt(clock());
  let drawn: readonly string[] = [];
  let ended = false;

  const columns = (): number => Math.max(2, screen.columns || 80);
  const picture = (): readonly string[] => frame(view, { columns: columns(), rows: screen.rows || 24 }, clock());

  function draw(above: readonly string[]): void {
    const lines = picture();
    if (above.length === 0 && lines.join('\n') === drawn.join('\n')) return;
    const text = [...above, ...lines].map((line) => `${line}${TO_LINE_END}\n`).join('');
    screen.write(`${back()}${text}${TO_SCREEN_END}`);
    drawn = lines;
  }

  /** To where the last picture begins: a terminal that became narrower has broken its lines. */
  function back(): string {
    const height = drawn.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns())), 0);
    return height === 0 ? '\r' : `\r\u001B[${height}A`;
  }

  function end(): void {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    process.off('exit', end);
    screen.write(`${back()}${TO_SCREEN_END}`);
  }

  const timer = setInterval(() => draw([]), PERIOD_MS);
  timer.unref();
  process.once('exit', end);
  return {
    note: (event) => {
      view = viewAfter(view, event, clock());
    },
    print: (line) => {
      if (ended) screen.write(`${line}\n`);
      else draw(line.split('\n'));
    },
    end,
  };
}
