import { resolveTarget } from '@nx-pypi/registry-client';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import type { NxPypiOptions, RegistryOption } from '../../options.ts';
import { checkOptions } from '../../options/check/check-options.ts';
import { optionsSchema } from '../../options/check/schema.ts';
import { registryRefusal } from './embedded-registry.ts';
import { closedRegistry } from './closed-registry.ts';
import { openRegistry, type OpenContext, type OpenRegistry } from './open-registry.ts';
import { isCi, isEmbedded, registryConfig } from './registry-config.ts';
import { routeOf } from './route.ts';
import { routedRegistries, type Registry } from './routed-registries.ts';

/** The registries of a run as one. */
export interface Connection {
  readonly registry: Registry;
  /** Those that packages of this workspace go to; the default one first. */
  readonly opened: readonly OpenRegistry[];
  /** Those that could not be opened, by name; null: the default one. */
  readonly unopened: ReadonlyMap<string | null, Problem>;
  /** Nobody else uses any of them: rules A3 and A4 do not apply. */
  readonly local: boolean;
  /** Lines that a person should read before the run. */
  readonly notices: readonly string[];
  /** What could not be proven, told after the run. */
  readonly lastNotices: () => readonly Problem[];
  readonly close: () => Promise<void>;
}

export interface ConnectContext extends Omit<OpenContext, 'others'> {
  readonly options: NxPypiOptions;
  /** Normalised names of the workspace's packages. */
  readonly packages: readonly string[];
  /** Nx tags by name; a name is missing where Nx was not asked. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

/**
 * Opens the configured registries, or the embedded one where none is configured. One registry that cannot be opened is the
 * run's problem; one of several is the problem of its packages.
 */
export async function connect(context: ConnectContext): Promise<Found<Connection>> {
  const fault = faultOf(context.options);
  if (fault !== null) return { kind: 'problem', problem: fault };
  const routes = context.options.registries ?? {};
  const routed = new Map(context.packages.map((name) => [name, routeOf(name, context.tags.get(name), routes)]));
  const used = new Set<string | null>(Object.keys(routes).length === 0 ? [null] : []);
  for (const route of routed.values()) if (route.kind === 'found') used.add(route.value);
  const opened: OpenRegistry[] = [];
  const unopened = new Map<string | null, Problem>();
  for (const name of [null, ...Object.keys(routes)].filter((key) => used.has(key))) {
    const found = await openNamed(name, context);
    if (found.kind === 'found') opened.push(found.value);
    else unopened.set(name, found.problem);
  }
  const [refused] = unopened.values();
  if (refused !== undefined && used.size === 1) return { kind: 'problem', problem: refused };
  const [only] = opened;
  const single = Object.keys(routes).length === 0 ? only?.client : undefined;
  const registry = single ?? routedRegistries(registryByPackage(routed, opened, unopened));
  return { kind: 'found', value: connectionOf(registry, opened, unopened) };
}

/** nx.json is written by hand: what does not fit the schema is told before anything is asked. */
function faultOf({ registry, registries, channels }: NxPypiOptions): Problem | null {
  const given = {
    ...(channels === undefined ? {} : { channels }),
    ...(registry === undefined ? {} : { registry }),
    ...(registries === undefined ? {} : { registries }),
  };
  const [fault] = Object.keys(given).length === 0 ? [] : checkOptions(given, optionsSchema());
  if (fault === undefined) return null;
  const { path, message, hint } = fault;
  return { code: 'NXPYPI_BAD_OPTION', message: `the option ${path} ${message}`, hint, where: 'nx.json' };
}

function registryByPackage(
  routed: ReadonlyMap<string, Found<string | null>>,
  opened: readonly OpenRegistry[],
  unopened: Connection['unopened'],
): (name: string) => Registry {
  const byName = new Map<string | null, Registry>([
    ...[...unopened].map(([name, problem]) => [name, closedRegistry(problem)] as const),
    ...opened.map(({ name, client }) => [name, client] as const),
  ]);
  const byPackage = new Map(
    [...routed].map(([name, route]) => [
      name,
      route.kind === 'problem' ? closedRegistry(route.problem) : byName.get(route.value),
    ]),
  );
  return (name) => {
    const registry = byPackage.get(name);
    if (registry === undefined) throw new Error(`${name} is no package of this workspace`);
    return registry;
  };
}

function connectionOf(
  registry: Registry,
  opened: readonly OpenRegistry[],
  unopened: Connection['unopened'],
): Connection {
  return {
    registry,
    opened,
    unopened,
    local: opened.every(({ local }) => local),
    notices: opened.flatMap(({ notices }) => notices),
    lastNotices: () => opened.flatMap(({ client }) => client.notices()),
    close: async () => {
      await Promise.all(opened.map(async (one) => one.close()));
    },
  };
}

async function openNamed(name: string | null, context: ConnectContext): Promise<Found<OpenRegistry>> {
  const { options, env } = context;
  const option = name === null ? options.registry : options.registries?.[name]?.registry;
  const refusal = name === null ? registryRefusal(option, isCi(env)) : null;
  if (refusal?.kind === 'problem') return refusal;
  return openRegistry(name, option, { ...context, others: otherUrls(name, options, env) });
}

/** Upload URLs of all registries but one, as far as they can be told. */
function otherUrls(
  name: string | null,
  { registry, registries = {} }: NxPypiOptions,
  env: ConnectContext['env'],
): readonly string[] {
  const all: readonly (readonly [string | null, RegistryOption | undefined])[] = [
    [null, registry],
    ...Object.entries(registries).map(([key, route]) => [key, route.registry] as const),
  ];
  return all.flatMap(([key, option]) => {
    if (key === name || isEmbedded(option) || (typeof option === 'object' && 'directory' in option)) return [];
    const target = resolveTarget(registryConfig(option, env), env);
    return target.kind === 'found' ? [target.value.uploadUrl] : [];
  });
}
