import { homedir } from 'node:os';
import {
  createRegistryClient,
  resolveCredential,
  resolveTarget,
  type Credential,
  type RegistryClient,
  type RegistryConfig,
  type RegistryTarget,
} from '@nx-pypi/registry-client';
import type { Found } from '@nx-pypi/release';
import type { NxPypiOptions, RegistryOption } from '../options.ts';
import {
  EMBEDDED_GROUP,
  EMBEDDED_PROJECT,
  isEmbedded,
  openEmbeddedRegistry,
  registryRefusal,
} from './embedded-registry.ts';

export interface Connection {
  readonly client: RegistryClient;
  readonly target: RegistryTarget;
  /** The registry runs on this machine: rules A3 and A4 do not apply. */
  readonly loopback: boolean;
  /** Where the credential came from, never its value; null: none was found. */
  readonly credentialSource: string | null;
  /** Lines that a person should read. */
  readonly notices: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ConnectContext {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly options: NxPypiOptions;
  /** Absolute path of the folder for caches. */
  readonly cacheDir: string;
  readonly userAgent: string;
  readonly say: (line: string) => void;
}

/** Opens the configured registry, or the embedded one where none is configured. */
export async function connect(context: ConnectContext): Promise<Found<Connection>> {
  const { options, env } = context;
  const refusal = registryRefusal(options.registry, isCi(env));
  if (refusal.kind === 'problem') return refusal;
  if (isEmbedded(options.registry)) return connectEmbedded(context);
  const target = resolveTarget(registryConfig(options.registry, env), env);
  if (target.kind === 'problem') return target;
  const credential = await resolveCredential(target.value, { env, homeDir: homedir() });
  if (credential.kind === 'problem') return credential;
  const client = clientOf(context, target.value, credential.value);
  return {
    kind: 'found',
    value: {
      client,
      target: target.value,
      loopback: isLoopback(target.value.uploadUrl),
      credentialSource: credential.value?.source ?? null,
      notices: [],
      close: () => client.close(),
    },
  };
}

async function connectEmbedded(context: ConnectContext): Promise<Found<Connection>> {
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
  const client = clientOf(context, target.value, {
    username: 'local',
    password: token,
    source: 'embedded registry',
    origin: new URL(url).origin,
  });
  return {
    kind: 'found',
    value: {
      client,
      target: target.value,
      loopback: true,
      credentialSource: 'embedded registry',
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

function clientOf(context: ConnectContext, target: RegistryTarget, credential: Credential | null): RegistryClient {
  return createRegistryClient({
    target,
    credential,
    cacheDir: context.cacheDir,
    userAgent: context.userAgent,
    env: context.env,
  });
}

/** The option as the client takes it; `'gitlab'` with a project of its own takes the host from CI. */
function registryConfig(
  option: RegistryOption | undefined,
  env: Readonly<Record<string, string | undefined>>,
): RegistryConfig {
  if (option === undefined || option === 'gitlab' || option === 'embedded') return 'gitlab';
  if ('uploadUrl' in option) return { kind: 'pypi', ...option };
  const { url = env['CI_SERVER_URL'] ?? '', project = env['CI_PROJECT_ID'] ?? '', ...rest } = option;
  return { kind: 'gitlab', url, project, ...rest };
}

export function isCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false' && env['CI'] !== '0';
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
