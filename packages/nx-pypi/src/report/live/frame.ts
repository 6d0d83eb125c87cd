import type { Sending, ViewState } from './view-state.ts';

export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

/** Files on their way that are shown one by one. */
const MOST_FILES = 8;

/** The view as lines, none of which fills the width: a terminal would break it. `now` is on the view's clock. */
export function frame(view: ViewState, { columns, rows }: FrameSize, now: number): readonly string[] {
  const most = Math.max(0, Math.min(MOST_FILES, rows - 4));
  const files = [...view.sending];
  const shown = files.length > most ? files.slice(0, Math.max(0, most - 1)) : files;
  const more = files.length - shown.length;
  return [
    headline(view, now),
    ...shown.map(([name, sending]) => fileLine(name, sending, now)),
    ...(more > 0 && most > 0 ? [`  and ${more} more`] : []),
  ].map((line) => cut(line, columns - 1));
}

function headline(view: ViewState, now: number): string {
  const { published, failed, skipped, sending, verifying } = view;
  const counts = [
    [sending.size, 'uploading'],
    [verifying.size, 'being verified'],
    [failed, 'failed'],
    [skipped, 'skipped'],
  ] as const;
  const parts = [stepText(view, published + failed + skipped)];
  for (const [count, what] of counts) if (count > 0) parts.push(`${count} ${what}`);
  return [...parts, clock(now - view.begun)].join(' · ');
}

function stepText({ step, packages, built }: ViewState, done: number): string {
  switch (step) {
    case 'opening':
      return 'opening the workspace';
    case 'reading':
      return `reading the registry's state of ${packages}`;
    case 'comparing':
      return `comparing ${packages} with the registry`;
    case 'building':
      return `built ${built} of ${packages}`;
    case 'publishing':
      return `done ${done} of ${packages}`;
  }
}

function fileLine(name: string, { version, filename, bytes, since }: Sending, now: number): string {
  const kind = filename.endsWith('.whl') ? 'wheel' : 'sdist';
  return `  ${name} ${version}  ${kind}  ${size(bytes)}  ${clock(now - since)}`;
}

/** Decimal units, as the report has them. */
function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
