import type { ReleaseEvent } from '@nx-pypi/release';

/** One file on its way. */
export interface Sending {
  readonly version: string;
  readonly filename: string;
  readonly bytes: number;
  /** Milliseconds, on the clock of the view. */
  readonly since: number;
}

/** What a person who watches a run wants to know now. Times are in milliseconds on one clock. */
export interface ViewState {
  readonly begun: number;
  readonly step: 'opening' | 'reading' | 'comparing' | 'building' | 'publishing';
  /** Packages that the step is about. */
  readonly packages: number;
  readonly built: number;
  /** By package, in the order of their start. */
  readonly sending: ReadonlyMap<string, Sending>;
  /** Sent, and not yet seen in the index. */
  readonly verifying: ReadonlySet<string>;
  readonly published: number;
  readonly failed: number;
  readonly skipped: number;
}

export function viewAt(begun: number): ViewState {
  return {
    begun,
    step: 'opening',
    packages: 0,
    built: 0,
    sending: new Map(),
    verifying: new Set(),
    published: 0,
    failed: 0,
    skipped: 0,
  };
}

/** A run that decides packages anew goes through its steps once more: what is done stays counted. */
export function viewAfter(view: ViewState, event: ReleaseEvent, now: number): ViewState {
  switch (event.kind) {
    case 'reading':
      return { ...view, step: 'reading', packages: event.packages };
    case 'detecting':
      return { ...view, step: 'comparing', packages: event.packages };
    case 'building':
      return { ...view, step: 'building', packages: event.packages, built: 0 };
    case 'publishing':
      return { ...view, step: 'publishing', packages: event.packages };
    case 'built':
      return { ...view, built: view.built + 1 };
    case 'sending': {
      const { name, version, filename, bytes } = event;
      const sending = new Map(view.sending).set(name, { version, filename, bytes, since: now });
      return { ...view, sending, verifying: without(view.verifying, name) };
    }
    case 'uploaded':
      return { ...landed(view, event.name), verifying: new Set(view.verifying).add(event.name) };
    case 'contested':
      return { ...landed(view, event.name), verifying: without(view.verifying, event.name) };
    case 'settled':
      return counted(
        { ...landed(view, event.name), verifying: without(view.verifying, event.name) },
        event.outcome.kind,
      );
    case 'planned':
    case 'trying-again':
      return view;
  }
}

function counted(view: ViewState, kind: Extract<ReleaseEvent, { kind: 'settled' }>['outcome']['kind']): ViewState {
  switch (kind) {
    case 'published':
    case 'failed':
    case 'skipped':
      return { ...view, [kind]: view[kind] + 1 };
    case 'planned':
    case 'unchanged':
      return view;
  }
}

function landed(view: ViewState, name: string): ViewState {
  if (!view.sending.has(name)) return view;
  return { ...view, sending: new Map([...view.sending].filter(([other]) => other !== name)) };
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return names.has(name) ? new Set([...names].filter((other) => other !== name)) : names;
}
