import type { Found, PublishedFile, RegistryReader, RegistryState } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import type { PageReading } from '../page/page-reading.ts';
import { registryState } from '../page/registry-state.ts';
import type { Prover } from '../prove/prover.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { openPackageList, type OpenedList } from './package-list.ts';
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
  const { projectIndexUrl, groupIndexUrl } = target;
  let list: Promise<OpenedList> | null = null;

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

  /** The group's page alone, if it lacks nothing that the project is listed with (B3). */
  async function readListed(name: string, groupUrl: string, { complete }: OpenedList): Promise<RegistryState> {
    const group = await pageOf(name, groupUrl, false);
    const versions = (await complete)?.get(name);
    const shown = registryState(name, [group]);
    if (versions !== undefined && showsAll(shown, versions)) return shown;
    return conclude(name, [await pageOf(name, projectIndexUrl, false), group]);
  }

  async function readOnce(name: string, opened: OpenedList | null): Promise<RegistryState> {
    const asked = (): Promise<RegistryState> =>
      opened === null || groupIndexUrl === null ? readBoth(name, false) : readListed(name, groupIndexUrl, opened);
    const known = snapshot.get(name) ?? asked();
    snapshot.set(name, known);
    return known;
  }

  /** The list, where enough packages are still to be read. */
  async function listFor(names: readonly string[]): Promise<OpenedList | null> {
    const [first, ...others] = names.filter((name) => !snapshot.has(name));
    if (target.apiUrl === null || groupIndexUrl === null || others.length < manyNames) return list;
    // A page goes first: the limit that its answer announces is not that of the REST API.
    if (list === null && first !== undefined) void readOnce(first, null);
    list ??= openPackageList(exchange, target, Math.floor(others.length / namesPerPage));
    return list;
  }

  return {
    download,
    readFresh: async (name) => readBoth(name, true),
    async read(names) {
      const asked = [...new Set(names)];
      const opened = await listFor(asked);
      return new Map(await Promise.all(asked.map(async (name) => [name, await readOnce(name, opened)] as const)));
    },
  };
}

/** True where every listed version has a file on the page. */
function showsAll(state: RegistryState, versions: ReadonlySet<string>): boolean {
  if (state.kind !== 'published') return false;
  const shown = new Set(state.versions.map(({ text }) => text));
  return [...versions].every((version) => shown.has(version));
}

/** GitLab's PyPI routes answer a credential that may not see the project with a bare 404; the proof knows why. */
function isOpaque(state: RegistryState): boolean {
  return state.kind === 'unknown' && state.problem.code === 'NXPYPI_PROJECT_NOT_FOUND';
}
