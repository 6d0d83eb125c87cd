import { assert, asyncProperty, constantFrom, dictionary, option, uniqueArray } from 'fast-check';
import type { RegistryState } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import type { PageReading } from '../../src/page/page-reading.ts';
import { registryState } from '../../src/page/registry-state.ts';
import { readListed } from '../../src/read/read-listed.ts';

type Shelf = Readonly<Record<string, readonly string[]>>;

const names = ['rye-bread', 'bun', 'pretzel'];
const shelves = dictionary(constantFrom(...names), uniqueArray(constantFrom('1.0', '1.1', '2.0rc1', '2.0')));

function pageOf(shelf: Shelf, name: string): PageReading {
  const versions = shelf[name] ?? [];
  if (versions.length === 0) return { kind: 'absent' };
  const files = versions.map((version) => ({
    filename: `${name.replace('-', '_')}-${version}.tar.gz`,
    url: `https://oven.example/${name}-${version}`,
    sha256: 'a'.repeat(64),
    requiresPython: null,
    yanked: false,
    size: null,
  }));
  return { kind: 'page', files, problems: [] };
}

/** The states by the list, and the pages of the project that were asked for. */
async function read(
  project: Shelf,
  group: Shelf,
  list: Shelf | null,
): Promise<{ readonly states: ReadonlyMap<string, RegistryState>; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const listed =
    list === null ? null : new Map(Object.entries(list).map(([name, all]) => [name, new Set(all)] as const));
  const states = readListed(names, {
    list: Promise.resolve(listed),
    group: async (name) => pageOf(group, name),
    project: async (name) => {
      asked.push(name);
      return pageOf(project, name);
    },
    conclude: async (name, readings) => registryState(name, readings),
  });
  const settled = await Promise.all([...states].map(async ([name, state]) => [name, await state] as const));
  return { states: new Map(settled), asked };
}

describe('B3: reading with the list of the project', () => {
  test('comes to the same as reading both pages, whatever the group shows', async () => {
    await assert(
      asyncProperty(shelves, shelves, option(constantFrom(true)), async (project, group, has) => {
        const { states } = await read(project, group, has === null ? null : project);
        const both = names.map((name) => [name, registryState(name, [pageOf(project, name), pageOf(group, name)])]);
        expect(summary([...states])).toEqual(summary(both as [string, RegistryState][]));
      }),
    );
  });

  test('asks the project for all that the list does not prove, and for nothing else', async () => {
    await assert(
      asyncProperty(shelves, shelves, async (project, group) => {
        const { asked } = await read(project, group, project);
        const covered = (name: string): boolean => {
          const [mine = [], theirs = []] = [project[name], group[name]];
          return project[name] !== undefined && theirs.length > 0 && mine.every((version) => theirs.includes(version));
        };
        expect(asked.toSorted()).toEqual(names.filter((name) => !covered(name)).toSorted());
      }),
    );
  });
});

function summary(states: readonly (readonly [string, RegistryState])[]): unknown {
  return states.map(([name, state]) => [
    name,
    state.kind === 'published' ? state.versions.map(({ text }) => text) : state.kind,
  ]);
}
