import type { RunningRegistry } from 'nx-pypi-registry';

/** A pair of packages of one version: the second needs the first. */
export type Need = readonly [dependency: string, dependent: string];

/** Requests of watchers go by the project's number, everybody else's by its path: faults are aimed at these. */
export const NOT_WATCHERS: RegExp = /^(?!.*\/projects\/1\/)/;

/** What the index of the project shows of a package now. */
export async function watchedFiles(registry: RunningRegistry, name: string): Promise<readonly string[]> {
  const response = await fetch(`${registry.url}/api/v4/projects/1/packages/pypi/simple/${name}`);
  const page = await response.text();
  return response.status === 200
    ? [...page.matchAll(/>([^<>]+\.(?:whl|tar\.gz))</g)].map((match) => match[1] ?? '')
    : [];
}

/** Changes when an upload arrives and when it is answered. */
function uploadsOf({ requests }: RunningRegistry): string {
  return requests.flatMap(({ method, status }) => (method === 'POST' ? [status] : [])).join(' ');
}

/** An upload whose answer never comes is stored within this time, or not at all. */
const SETTLED_MS = 400;

/**
 * Polls while uploads come in, until it is ended. Resolves to the moments at which a dependent showed a file of the version
 * while its dependency lacked one: law 4 was broken. The dependent is read first, so that what comes between the two reads is no false alarm.
 */
export function watch(
  registry: RunningRegistry,
  version: string,
  needs: readonly Need[],
): () => Promise<readonly string[]> {
  const broken: string[] = [];
  const ended = new AbortController();
  const polling = (async () => {
    let uploads = '';
    let changed = Date.now();
    do {
      const now = uploadsOf(registry);
      if (now !== uploads) changed = Date.now();
      uploads = now;
      for (const [dependency, dependent] of Date.now() - changed < SETTLED_MS ? needs : []) {
        const shown = (await watchedFiles(registry, dependent)).filter((file) => file.includes(`-${version}`));
        if (shown.length === 0) continue;
        const there = (await watchedFiles(registry, dependency)).filter((file) => file.includes(`-${version}`));
        if (there.length < 2) broken.push(`${shown.join(' ')} before ${dependency}: ${there.join(' ')}`);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 3);
      });
    } while (!ended.signal.aborted);
  })();
  return async () => {
    ended.abort();
    await polling;
    return broken;
  };
}
