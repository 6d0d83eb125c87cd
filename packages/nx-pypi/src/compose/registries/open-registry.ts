import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';
import {
  createDirectoryRegistry,
  createRegistryClient,
  resolveCredential,
  resolveTarget,
  type RegistryClient,
  type RegistryClientOptions,
} from '@nx-pypi/registry-client';
import type { Found } from '@nx-pypi/release';
import { acquireLock } from '@nx-pypi/workspace';
import type { DirectoryRegistryOption, RegistryOption } from '../../options.ts';
import { EMBEDDED_GROUP, EMBEDDED_PROJECT, openEmbeddedRegistry } from './embedded-registry.ts';
import { caFileIn } from './ca-file.ts';
import { isEmbedded, registryConfig } from './registry-config.ts';

export interface OpenContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder for caches. */
  readonly cacheDir: string;
  readonly userAgent: string;
  readonly say: (line: string) => void;
  /** Upload URLs of the workspace's other registries. */
  readonly others: readonly string[];
}

/** A registry that can be asked. */
export interface OpenRegistry {
  /** Its key in `registries`; null for the default one. */
  readonly name: string | null;
  /** For people, without credentials. */
  readonly display: string;
  readonly client: RegistryClient;
  /** What the client was made from; null for a folder. */
  readonly server: RegistryClientOptions | null;
  /** Absolute path of a folder; null for a server. */
  readonly directory: string | null;
  /** Nobody else uses it: rules A3 and A4 do not apply. */
  readonly local: boolean;
  /** Lines that a person should read. */
  readonly notices: readonly string[];
  readonly close: () => Promise<void>;
}

/** Seconds that a folder's lock is waited for: it is held for as long as two small files are written. */
const lockSeconds = 60;

/** Opens one configured registry: the embedded one, a folder, or a server with its credential. */
export async function openRegistry(
  name: string | null,
  option: RegistryOption | undefined,
  context: OpenContext,
): Promise<Found<OpenRegistry>> {
  if (isEmbedded(option)) return openEmbedded(name, context);
  if (typeof option === 'object' && 'directory' in option) return openDirectory(name, option, context);
  const { env, root, others } = context;
  const target = resolveTarget(registryConfig(option, env), env);
  if (target.kind === 'problem') return target;
  const own = option === 'gitlab' ? {} : option;
  const caFile = caFileIn(root, own.caFile);
  if (caFile.kind === 'problem') return caFile;
  const credential = await resolveCredential(target.value, {
    env,
    homeDir: homedir(),
    others,
    ...(name === null ? {} : { registry: name }),
    ...(own.username === undefined ? {} : { username: own.username }),
    ...(own.keyring === undefined ? {} : { keyring: own.keyring }),
  });
  if (credential.kind === 'problem') return credential;
  const server: RegistryClientOptions = {
    target: target.value,
    credential: credential.value,
    cacheDir: context.cacheDir,
    userAgent: context.userAgent,
    env,
    ...(caFile.value === undefined ? {} : { caFile: caFile.value }),
  };
  const client = createRegistryClient(server);
  const { display, uploadUrl } = target.value;
  const local = isLoopback(uploadUrl);
  const close = async (): Promise<void> => client.close();
  return { kind: 'found', value: { name, display, client, server, directory: null, local, notices: [], close } };
}

function openDirectory(
  name: string | null,
  option: DirectoryRegistryOption,
  { root }: OpenContext,
): Found<OpenRegistry> {
  const directory = resolve(root, option.directory);
  const client = createDirectoryRegistry({
    directory,
    lock: async (path) => acquireLock(path, {}, { wait: lockSeconds }),
  });
  const local = directory.startsWith(`${resolve(root)}${sep}`);
  const close = async (): Promise<void> => client.close();
  const display = `folder ${option.directory}`;
  return { kind: 'found', value: { name, display, client, server: null, directory, local, notices: [], close } };
}

async function openEmbedded(name: string | null, context: OpenContext): Promise<Found<OpenRegistry>> {
  const opened = await openEmbeddedRegistry(context.root, {
    mode: 'run',
    onWait: (pid) => context.say(`waiting for process ${pid}, which uses the embedded registry of this workspace`),
  });
  if (opened.kind === 'problem') return opened;
  const { url, token, ownedHere } = opened.value;
  const target = resolveTarget({ kind: 'gitlab', url, project: EMBEDDED_PROJECT, group: EMBEDDED_GROUP }, context.env);
  if (target.kind === 'problem') {
    await opened.value.close();
    return target;
  }
  const source = 'the embedded registry itself';
  const server: RegistryClientOptions = {
    target: target.value,
    credential: { username: 'local', password: token, source, origin: new URL(url).origin },
    cacheDir: context.cacheDir,
    userAgent: context.userAgent,
    env: context.env,
  };
  const client = createRegistryClient(server);
  return {
    kind: 'found',
    value: {
      name,
      display: 'the embedded registry',
      client,
      server,
      directory: null,
      local: true,
      notices: embeddedNotices(ownedHere, url),
      close: async () => {
        await client.close();
        await opened.value.close();
      },
    },
  };
}

function embeddedNotices(ownedHere: boolean, url: string): readonly string[] {
  const where = ownedHere
    ? 'the embedded one, kept in .nx/nx-pypi/registry and ended with this run'
    : `the embedded one, served at ${url}`;
  return [
    `registry: ${where}`,
    ...(ownedHere ? ['  to install from it:    npx nx-pypi registry'] : []),
    '  to publish to GitLab:  set "registry" in the options of nx-pypi in nx.json',
  ];
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
