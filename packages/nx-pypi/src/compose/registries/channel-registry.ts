import { compareVersions } from '@nx-pypi/standards';
import type { PublishedVersion, RegistryState } from '@nx-pypi/release';
import type { Registry } from './routed-registries.ts';

/**
 * Rule C3, a channel with a registry of its own: final versions are read from the shared one, the channel's from its own,
 * and everything is sent there. What either of them could not tell is unknown.
 */
export function channelRegistry(shared: Registry, own: Registry): Registry {
  const origins = new Map<string, Registry>();

  function merged(ofShared: RegistryState, ofOwn: RegistryState): RegistryState {
    for (const [registry, state] of [
      [own, ofOwn],
      [shared, ofShared],
    ] as const)
      for (const { files } of versionsOf(state)) for (const file of files) origins.set(file.url, registry);
    return union(ofShared, ofOwn);
  }

  return {
    async read(names) {
      const [finals, channel] = await Promise.all([shared.read(names), own.read(names)]);
      const states = names.flatMap((name) => {
        const [ofShared, ofOwn] = [finals.get(name), channel.get(name)];
        return ofShared === undefined || ofOwn === undefined ? [] : [[name, merged(ofShared, ofOwn)] as const];
      });
      return new Map(states);
    },
    async readFresh(name) {
      const [ofShared, ofOwn] = await Promise.all([shared.readFresh(name), own.readFresh(name)]);
      return merged(ofShared, ofOwn);
    },
    async download(file) {
      const registry = origins.get(file.url);
      if (registry === undefined) throw new Error(`${file.url} was shown by no registry of this run`);
      return registry.download(file);
    },
    prove: async (names) => own.prove(names),
    upload: async (request) => own.upload(request),
    verify: async (request) => own.verify(request),
  };
}

function versionsOf(state: RegistryState): readonly PublishedVersion[] {
  return state.kind === 'published' ? state.versions : [];
}

/** The versions of both; of a version that both show, the files of the first and what only the second has. */
function union(first: RegistryState, second: RegistryState): RegistryState {
  if (first.kind === 'unknown' || second.kind === 'absent') return first;
  if (second.kind === 'unknown' || first.kind === 'absent') return second;
  const byText = new Map(first.versions.map((version) => [version.text, version]));
  for (const version of second.versions) {
    const known = byText.get(version.text);
    byText.set(version.text, known === undefined ? version : together(known, version));
  }
  const versions = [...byText.values()].toSorted((a, b) => compareVersions(a.version, b.version));
  return { kind: 'published', versions, problems: [...first.problems, ...second.problems] };
}

function together(known: PublishedVersion, other: PublishedVersion): PublishedVersion {
  const names = new Set(known.files.map(({ filename }) => filename));
  const files = [...known.files, ...other.files.filter(({ filename }) => !names.has(filename))];
  return { ...known, files, yanked: known.yanked && other.yanked };
}
