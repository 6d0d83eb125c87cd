import { setTimeout as wait } from 'node:timers/promises';
import type { RegistryState } from '@nx-pypi/release';
import type { PageReading } from '../page/page-reading.ts';
import { registryState } from '../page/registry-state.ts';
import type { PackageList } from './package-list.ts';

export interface Sources {
  /** The project's complete list; null where there is none. */
  readonly list: Promise<PackageList | null>;
  readonly group: (name: string) => Promise<PageReading>;
  readonly project: (name: string) => Promise<PageReading>;
  /** Of both pages, the project's first. */
  readonly conclude: (name: string, readings: readonly PageReading[]) => Promise<RegistryState>;
}

/**
 * The states of many packages: by the group's page alone where it lacks nothing that the project is listed with, else by both (B3).
 * The list is waited for no longer after the group's pages than these took: the project's would take about as long.
 */
export function readListed(
  names: readonly string[],
  { list, group, project, conclude }: Sources,
): ReadonlyMap<string, Promise<RegistryState>> {
  const begun = performance.now();
  const pages = new Map(names.map((name) => [name, group(name)] as const));
  const late = Promise.all(pages.values()).then(async () => wait(performance.now() - begun, null, { ref: false }));
  const listed = Promise.race([list, late]);

  async function stateOf(name: string, asked: Promise<PageReading>): Promise<RegistryState> {
    const page = await asked;
    const shown = registryState(name, [page]);
    if (shown.kind === 'published' && showsAll(shown.versions, (await listed)?.get(name))) return shown;
    return conclude(name, [await project(name), page]);
  }

  return new Map([...pages].map(([name, asked]) => [name, stateOf(name, asked)] as const));
}

/** True where the package is listed, and every listed version has a file on the page. */
function showsAll(shown: readonly { readonly text: string }[], versions: ReadonlySet<string> | undefined): boolean {
  if (versions === undefined) return false;
  const texts = new Set(shown.map(({ text }) => text));
  return [...versions].every((version) => texts.has(version));
}
