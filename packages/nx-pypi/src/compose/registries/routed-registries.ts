import type { RegistryReader, RegistryState, Uploader } from '@nx-pypi/release';

export type Registry = RegistryReader & Uploader;

/** Several registries as one: every question goes to the registry of its package. */
export function routedRegistries(registryOf: (name: string) => Registry): Registry {
  const origins = new Map<string, Registry>();

  /** A file is asked of the registry that showed it. */
  function remember(registry: Registry, state: RegistryState): RegistryState {
    if (state.kind === 'published') {
      for (const version of state.versions) for (const file of version.files) origins.set(file.url, registry);
    }
    return state;
  }

  return {
    async read(names) {
      const parts = await Promise.all(
        [...byRegistry(names, registryOf)].map(async ([registry, part]) => {
          const states = await registry.read(part);
          return [...states].map(([name, state]) => [name, remember(registry, state)] as const);
        }),
      );
      return new Map(parts.flat());
    },
    async readFresh(name) {
      const registry = registryOf(name);
      return remember(registry, await registry.readFresh(name));
    },
    async download(file) {
      const registry = origins.get(file.url);
      if (registry === undefined) throw new Error(`${file.url} was shown by no registry of this run`);
      return registry.download(file);
    },
    async prove(names) {
      const parts = [...byRegistry(names, registryOf)];
      const problems = await Promise.all(parts.map(async ([registry, part]) => registry.prove(part)));
      return problems.find((problem) => problem !== null) ?? null;
    },
    upload: async (request) => registryOf(request.name).upload(request),
    verify: async (request) => registryOf(request.name).verify(request),
  };
}

function byRegistry(
  names: readonly string[],
  registryOf: (name: string) => Registry,
): ReadonlyMap<Registry, readonly string[]> {
  const parts = new Map<Registry, string[]>();
  for (const name of names) {
    const registry = registryOf(name);
    const part = parts.get(registry) ?? [];
    part.push(name);
    parts.set(registry, part);
  }
  return parts;
}
