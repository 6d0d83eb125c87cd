import type { ReleaseEvent } from '@nx-pypi/release';
import { describe, expect, it } from 'vitest';
import { openLiveView } from '../../../src/report/live/live-view.ts';
import { openProgress } from '../../../src/report/live/progress.ts';

const BUILDING: ReleaseEvent = { kind: 'building', packages: 3 };
const FAILED: ReleaseEvent = {
  kind: 'settled',
  name: 'opera-cast',
  path: 'packages/opera-cast',
  outcome: { kind: 'failed', release: null, problems: [], log: '' },
};

/** A terminal that knows what EL, ED and cursor-up mean (ECMA-48), and is as large as it likes. */
function openTerminal(columns = 80) {
  let rows: string[] = [''];
  let row = 0;
  let column = 0;
  const writes: string[] = [];
  const write = (text: string): void => {
    writes.push(text);
    for (const [token = ''] of text.matchAll(/\p{Cc}\[\d*[A-Z]|[\s\S]/gu)) {
      if (token === '\n') {
        row += 1;
        rows[row] ??= '';
        column = 0;
      } else if (token === '\r') column = 0;
      else if (token === '\u001B[K') rows[row] = (rows[row] ?? '').slice(0, column);
      else if (token === '\u001B[J') rows = [...rows.slice(0, row), (rows[row] ?? '').slice(0, column)];
      else if (token.endsWith('A') && token.length > 1) row -= Number(/\d+/.exec(token)?.[0]);
      else {
        const line = (rows[row] ?? '').padEnd(column);
        rows[row] = line.slice(0, column) + token + line.slice(column + 1);
        column += 1;
      }
    }
  };
  return { screen: { columns, rows: 24, write }, writes, shows: () => rows.join('\n'), at: () => ({ row, column }) };
}

const eventually = async (check: () => boolean): Promise<void> => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the live view', () => {
  it('draws over itself, keeps what is printed above it, and leaves nothing but that', async () => {
    const terminal = openTerminal();
    const view = openLiveView(terminal.screen, () => 0);
    view.note(BUILDING);
    await eventually(() => terminal.shows().includes('built 0 of 3'));
    view.print('violin  failed');
    expect(terminal.shows()).toBe('violin  failed\nbuilt 0 of 3 · 0:00\n');
    view.note({ kind: 'built', name: 'viola' });
    await eventually(() => terminal.shows().includes('built 1 of 3'));
    expect(terminal.shows()).toBe('violin  failed\nbuilt 1 of 3 · 0:00\n');
    view.end();
    view.end();
    expect(terminal.shows()).toBe('violin  failed\n');
    expect(terminal.at()).toEqual({ row: 1, column: 0 });
  });

  it('writes each picture at once, and none that looks like the last one', async () => {
    const terminal = openTerminal();
    const view = openLiveView(terminal.screen, () => 0);
    await eventually(() => terminal.writes.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(terminal.writes).toHaveLength(1);
    view.end();
  });

  it('finds its first line again where a narrower terminal has broken it', async () => {
    const terminal = openTerminal();
    const screen = { ...terminal.screen };
    const view = openLiveView(screen, () => 0);
    await eventually(() => terminal.writes.length > 0);
    expect(terminal.shows()).toBe('opening the workspace · 0:00\n');
    screen.columns = 20;
    view.end();
    expect(terminal.writes.at(-1)).toBe('\r\u001B[2A\u001B[J');
  });

  it('ends its listeners with itself', () => {
    const before = process.listenerCount('exit');
    openLiveView(openTerminal().screen).end();
    expect(process.listenerCount('exit')).toBe(before);
  });
});

describe('where the view is drawn', () => {
  function played(env: Readonly<Record<string, string>>, forPeople = true, columns = 80) {
    const terminal = openTerminal(columns);
    const lines: string[] = [];
    const progress = openProgress({ env, screen: terminal.screen, error: (line) => void lines.push(line) }, forPeople);
    progress.note(BUILDING);
    progress.note(FAILED);
    progress.say('a notice');
    progress.end();
    return { drawn: terminal.shows(), lines };
  }

  it('on a terminal: what failed and what is said stay, the rest is the view', () => {
    expect(played({ TERM: 'xterm-256color', NO_COLOR: '1' })).toEqual({
      drawn: expect.stringMatching(/^ {2}opera-cast {2}failed.*\na notice\n$/) as string,
      lines: [],
    });
  });

  it.each([
    ['CI', { CI: 'true' }, true, 80],
    ['a terminal that can draw nothing', { TERM: 'dumb' }, true, 80],
    ['a very narrow one', {}, true, 19],
    ['a program that reads JSON', {}, false, 80],
  ])('not for %s: one line per event', (_place, env, forPeople, columns) => {
    const { drawn, lines } = played(env, forPeople, columns);
    expect(drawn).toBe('');
    expect(lines).toEqual(['building 3 packages', expect.stringContaining('opera-cast'), 'a notice']);
  });

  it('on one that was not told its size', () => {
    expect(played({}, true, 0).lines).toEqual([]);
  });

  it('uses no colour', () => {
    const terminal = openTerminal();
    const view = openLiveView(terminal.screen);
    view.print('a line');
    view.end();
    expect(terminal.writes.join('')).not.toMatch(/\p{Cc}\[[\d;]*m/u);
  });
});
