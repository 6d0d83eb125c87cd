/** The parts of package-lock.json (lockfileVersion 3) that are read or written here. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly license?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockEntries = Readonly<Record<string, LockEntry>>;

const systems = new Set(['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']);
const processors = new Set(['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);

/**
 * Adds what npm leaves out: optional packages of other platforms that the index in use does not serve. `npm ci` asks for an entry of
 * every optional dependency and refuses the lock without. The entries carry the pinned version and the platform, read from the
 * package's name, by which npm passes them over elsewhere; they have no integrity, since nobody has seen the file.
 */
export function completeLock(entries: LockEntries): LockEntries {
  const added = Object.entries(entries).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {}).flatMap(([name, version]) =>
      missing(entries, { place, entry, name, version }),
    ),
  );
  const all = [...Object.entries(entries), ...added];
  return Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}

interface Wanted {
  readonly place: string;
  readonly entry: LockEntry;
  readonly name: string;
  readonly version: string;
}

/** Only exact versions: ranges are resolved by npm, which has the packages that they need. */
function missing(
  entries: LockEntries,
  { place, entry, name, version }: Wanted,
): readonly (readonly [string, LockEntry])[] {
  const platform = platformOf(name);
  if (platform === null || !/^\d+\.\d+\.\d+/.test(version)) return [];
  const found = resolved(entries, place, name);
  if (found !== undefined && entries[found]?.version === version) return [];
  const target = found === undefined ? `node_modules/${name}` : `${place}/node_modules/${name}`;
  return [[target, { version, ...(entry.dev === true && { dev: true }), optional: true, ...platform }]];
}

/** As Node resolves: in the package's own node_modules first, then further out. */
function resolved(entries: LockEntries, place: string, name: string): string | undefined {
  return foldersAround(place)
    .map((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}`)
    .find((candidate) => candidate in entries);
}

/** The folder itself, those whose node_modules it lies in, and the root (''). */
function foldersAround(place: string): readonly string[] {
  const folders = [place];
  for (let at = place.lastIndexOf('/node_modules/'); at > 0; at = place.lastIndexOf('/node_modules/', at - 1)) {
    folders.push(place.slice(0, at));
  }
  return [...folders, ''];
}

/** `binding-linux-x64-musl` says it all; null for a package that is not made for one platform. */
function platformOf(name: string): LockEntry | null {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.has(word));
  const cpu = words.find((word) => processors.has(word));
  if (cpu === undefined) return null;
  const libc = words.includes('musl') ? 'musl' : 'glibc';
  return {
    cpu: [cpu],
    ...(os !== undefined && { os: [os] }),
    ...(words.some((word) => /^(gnu|musl)$/.test(word)) && { libc: [libc] }),
  };
}
