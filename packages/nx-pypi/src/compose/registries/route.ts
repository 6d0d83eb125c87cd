import { matchesPackage, type Found } from '@nx-pypi/release';
import type { RegistryRouteOption } from '../../options.ts';

/** Names of `registries`, each with what it takes. */
export type Routes = Readonly<Record<string, RegistryRouteOption>>;

/**
 * The registry that a package goes to: the name of the one entry that takes it, or null for the default one. A package that
 * two entries take is a problem: it could become public by the order of lines. Without tags (`undefined`: Nx was not asked)
 * an entry with `tag:` decides nothing.
 */
export function routeOf(name: string, tags: readonly string[] | undefined, routes: Routes): Found<string | null> {
  const takers = Object.entries(routes).flatMap(([registry, { packages }]) =>
    packages.some((pattern) => matchesPackage(pattern, name, tags ?? [])) ? [registry] : [],
  );
  const [first, second] = takers;
  if (first !== undefined && second !== undefined) return problem(twoRegistries(name, first, second));
  if (tags === undefined && hasTagPattern(routes)) return problem(tagsUnknown(name));
  return { kind: 'found', value: first ?? null };
}

function hasTagPattern(routes: Routes): boolean {
  return Object.values(routes).some(({ packages }) => packages.some((pattern) => pattern.startsWith('tag:')));
}

interface Wording {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function problem(wording: Wording): Found<never> {
  return { kind: 'problem', problem: { ...wording, where: 'nx.json' } };
}

function twoRegistries(name: string, first: string, second: string): Wording {
  return {
    code: 'NXPYPI_TWO_REGISTRIES',
    message: `the registries ${first} and ${second} both take ${name}`,
    hint: 'change "packages" of one of them in the option "registries"',
  };
}

function tagsUnknown(name: string): Wording {
  return {
    code: 'NXPYPI_TAGS_UNKNOWN',
    message: `the option "registries" goes by tags, and the tags of ${name} are not known here`,
    hint: 'run the publish target through Nx, or name packages instead of tags',
  };
}
