import type { Found, PublishedFile, RegistryReader, RegistryState } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import type { PageReading } from '../page/page-reading.ts';
import { registryState } from '../page/registry-state.ts';
import type { Prover } from '../prove/prover.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { listPackages } from './package-list.ts';
import { readListed } from './read-listed.ts';
import { readPage } from './read-page.ts';

export interface ReaderOptions {
  readonly exchange: Exchange;
  readonly target: RegistryTarget;
  readonly prover: Prover;
  readonly download: (file: PublishedFile) => Promise<Found<string>>;
}

/** Fewer packages than this are read without the project's list: it would not save much. */
const manyNames = 20;
/** Names that one page of the list has to save a request for, at least. */
const namesPerPage = 4;

/** Reads through the project's and the group's index; every name is asked once, `readFresh` apart. */
export function createRegistryReader({ exchange, target, prover, download }: ReaderOptions): RegistryReader {
  const snapshot = new Map<string, Promise<RegistryState>>();
  const { projectIndexUrl, groupIndexUrl, apiUrl } = target;

  const pageOf = async (name: string, indexUrl: string, fresh: boolean): Promise<PageReading> =>
    readPage(exchange, { name, indexUrl, target, fresh });

  async function conclude(name: string, readings: readonly PageReading[]): Promise<RegistryState> {
    const state = registryState(name, readings);
    if (state.kind !== 'absent' && !isOpaque(state)) return state;
    const refuted = await prover.reading();
    return refuted === null ? state : { kind: 'unknown', problem: refuted };
  }

  async function readBoth(name: string, fresh: boolean): Promise<RegistryState> {
    const indexes = [projectIndexUrl, ...(groupIndexUrl === null ? [] : [groupIndexUrl])];
    return conclude(name, await Promise.all(indexes.map(async (indexUrl) => pageOf(name, indexUrl, fresh))));
  }

  function begin(names: readonly string[]): void {
    const [first, ...others] = names;
    if (groupIndexUrl === null || apiUrl === null || first === undefined || others.length < manyNames) {
      for (const name of names) snapshot.set(name, readBoth(name, false));
      return;
    }
    // A page goes first: the limit that its answer announces is not that of the REST API.
    snapshot.set(first, readBoth(first, false));
    const states = readListed(others, {
      list: listPackages(exchange, target, Math.floor(others.length / namesPerPage)),
      group: async (name) => pageOf(name, groupIndexUrl, false),
      project: async (name) => pageOf(name, projectIndexUrl, false),
      conclude,
    });
    for (const [name, state] of states) snapshot.set(name, state);
  }

  return {
    download,
    readFresh: async (name) => readBoth(name, true),
    async read(names) {
      const asked = [...new Set(names)];
      begin(asked.filter((name) => !snapshot.has(name)));
      const stateOf = async (name: string): Promise<RegistryState> => snapshot.get(name) ?? readBoth(name, false);
      return new Map(await Promise.all(asked.map(async (name) => [name, await stateOf(name)] as const)));
    },
  };
}

/** GitLab's PyPI routes answer a credential that may not see the project with a bare 404; the proof knows why. */
function isOpaque(state: RegistryState): boolean {
  return state.kind === 'unknown' && state.problem.code === 'NXPYPI_PROJECT_NOT_FOUND';
}
