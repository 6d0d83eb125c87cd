import type { Found, PublishedFile, RegistryReader, RegistryState } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import { registryState } from '../page/registry-state.ts';
import type { Prover } from '../prove/prover.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { readPage } from './read-page.ts';

export interface ReaderOptions {
  readonly exchange: Exchange;
  readonly target: RegistryTarget;
  readonly prover: Prover;
  readonly download: (file: PublishedFile) => Promise<Found<string>>;
}

/** Reads through the project's and the group's index; every name is asked once, `readFresh` apart. */
export function createRegistryReader({ exchange, target, prover, download }: ReaderOptions): RegistryReader {
  const snapshot = new Map<string, Promise<RegistryState>>();
  const indexes = [target.projectIndexUrl, ...(target.groupIndexUrl === null ? [] : [target.groupIndexUrl])];

  async function readState(name: string, fresh: boolean): Promise<RegistryState> {
    const readings = await Promise.all(
      indexes.map(async (indexUrl) => readPage(exchange, { name, indexUrl, target, fresh })),
    );
    const state = registryState(name, readings);
    if (state.kind !== 'absent' && !isOpaque(state)) return state;
    const refuted = await prover.reading();
    return refuted === null ? state : { kind: 'unknown', problem: refuted };
  }

  async function readOnce(name: string): Promise<RegistryState> {
    const known = snapshot.get(name) ?? readState(name, false);
    snapshot.set(name, known);
    return known;
  }

  return {
    download,
    readFresh: async (name) => readState(name, true),
    async read(names) {
      return new Map(await Promise.all([...new Set(names)].map(async (name) => [name, await readOnce(name)] as const)));
    },
  };
}

/** GitLab's PyPI routes answer a credential that may not see the project with a bare 404; the proof knows why. */
function isOpaque(state: RegistryState): boolean {
  return state.kind === 'unknown' && state.problem.code === 'NXPYPI_PROJECT_NOT_FOUND';
}
