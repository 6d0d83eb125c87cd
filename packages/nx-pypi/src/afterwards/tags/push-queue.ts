import type { Problem } from '@nx-pypi/manifests';

/** Pushes what has gathered while the push before was under way, all of it at once. */
export function pushQueue(
  push: (names: readonly string[]) => Promise<ReadonlyMap<string, Problem>>,
): (name: string) => Promise<Problem | null> {
  let waiting: string[] = [];
  let next: Promise<ReadonlyMap<string, Problem>> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function begin(): Promise<ReadonlyMap<string, Problem>> {
    const begun = last.then(() => {
      const names = waiting;
      waiting = [];
      next = null;
      return push(names);
    });
    last = begun;
    return begun;
  }

  return async (name) => {
    waiting.push(name);
    next ??= begin();
    return (await next).get(name) ?? null;
  };
}
