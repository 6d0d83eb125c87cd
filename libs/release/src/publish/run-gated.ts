import pLimit from 'p-limit';

type Slot = <R>(work: () => Promise<R>) => Promise<R>;

/** How a set of named tasks waits for each other. */
export interface GatedRun<T> {
  /** Dependencies first; what a name waits for must stand before it. */
  readonly order: readonly string[];
  readonly waitsFor: (name: string) => readonly string[];
  readonly concurrency: number;
  /** What has to be bounded is done in a slot, of which there are `concurrency`. */
  readonly run: (name: string, slot: Slot) => Promise<T>;
  /** Whether what waits for a task with this result may start. */
  readonly opens: (result: T) => boolean;
  /** The result of a task whose dependency did not open the gate; `result` is the dependency's. */
  readonly skip: (name: string, dependency: string, result: T) => T;
}

/** Starts every task as soon as what *it* waits for is done, not when a whole layer is. `run` must not reject. */
export async function runGated<T>(gated: GatedRun<T>): Promise<ReadonlyMap<string, T>> {
  const limit = pLimit(gated.concurrency);
  const running = new Map<string, Promise<T>>();
  const known = new Set(gated.order);
  for (const name of gated.order) {
    const needs = gated.waitsFor(name).filter((need) => known.has(need));
    running.set(name, afterAll(name, needs, gated, { running, limit }));
  }
  const results = new Map<string, T>();
  for (const [name, result] of running) results.set(name, await result);
  return results;
}

async function afterAll<T>(
  name: string,
  needs: readonly string[],
  gated: GatedRun<T>,
  state: { readonly running: ReadonlyMap<string, Promise<T>>; readonly limit: ReturnType<typeof pLimit> },
): Promise<T> {
  for (const need of needs) {
    const before = state.running.get(need);
    if (before === undefined) throw new Error(`${name} waits for ${need}, which stands behind it in the order`);
    const result = await before;
    if (!gated.opens(result)) return gated.skip(name, need, result);
  }
  return gated.run(name, (work) => state.limit(work));
}
