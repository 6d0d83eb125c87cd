import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseEvent } from '@nx-pypi/release';

/** Journals that are kept, the youngest. */
const KEPT = 50;

export interface Journal {
  /** Absolute path. */
  readonly file: string;
  readonly note: (event: ReleaseEvent) => void;
}

/**
 * What a run did, one JSON object per line, each written before the run goes on: it survives a run that is killed. Events
 * hold no secret (rule H2); what builds printed is left out.
 * @param folder absolute path of the caches
 */
export function openJournal(folder: string, run: { readonly started: Date; readonly pid: number }): Journal {
  const journals = join(folder, 'journal');
  mkdirSync(journals, { recursive: true });
  for (const old of readdirSync(journals).toSorted().slice(0, -KEPT)) rmSync(join(journals, old), { force: true });
  const file = join(journals, `${run.started.toISOString().replaceAll(/[:.]/g, '-')}-${run.pid}.jsonl`);
  return {
    file,
    note: (event) => {
      const entry = entryOf(event);
      if (entry !== null) appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
    },
  };
}

function entryOf(event: ReleaseEvent): Readonly<Record<string, unknown>> | null {
  switch (event.kind) {
    case 'reading':
    case 'detecting':
    case 'building':
    case 'publishing':
      return { event: event.kind, packages: event.packages };
    case 'built':
      return null;
    case 'sending':
      return { event: 'sending', name: event.name, filename: event.filename, bytes: event.bytes };
    case 'planned':
      return { event: 'planned', releases: event.plan.releases.map(({ name, version }) => `${name} ${version}`) };
    case 'trying-again':
      return { event: 'failed try', name: event.name, filename: event.filename, problem: event.problem };
    case 'uploaded':
      return { event: 'upload', name: event.name, outcome: event.outcome };
    case 'contested':
      return { event: 'contested', name: event.name, version: event.version, by: event.by };
    case 'settled':
      return { event: 'settled', name: event.name, outcome: { ...event.outcome, log: undefined } };
  }
}
