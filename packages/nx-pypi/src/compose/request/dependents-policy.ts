import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import {
  FOLLOWS,
  isFollow,
  isRewrite,
  matchesPackage,
  REWRITES,
  type DependentsPolicy,
  type EdgePolicy,
  type Found,
} from '@nx-pypi/release';
import type { NxPypiOptions } from '../../options.ts';

type Tags = ReadonlyMap<string, readonly string[]>;

/**
 * `dependents` and `lockstep` of nx.json and `follow`, `rewrite` and `lockstep` of packages, as one policy. The closest word
 * counts: the package's on the dependency, nx.json's on the edge, the package's, nx.json's.
 */
export function dependentsPolicy(
  options: NxPypiOptions,
  packages: readonly PythonPackage[],
  tags: Tags,
): Found<DependentsPolicy> {
  const { dependents = {} } = options;
  const wrong = firstBad(options, packages);
  if (wrong !== null) return { kind: 'problem', problem: wrong };
  const lockstep = groupsOf(options, packages, tags);
  if (lockstep.kind === 'problem') return lockstep;
  const own = new Map(packages.map((pkg) => [pkg.normalizedName, edgeOf(pkg.settings)]));
  const settings = new Map(packages.map((pkg) => [pkg.normalizedName, pkg.settings]));
  const defaults: EdgePolicy = { follow: 'range', rewrite: 'style', ...edgeOf(dependents) };
  const matches = (pattern: string, name: string): boolean => matchesPackage(pattern, name, tags.get(name) ?? []);
  return {
    kind: 'found',
    value: {
      level: dependents.level ?? 'patch',
      lockstep: lockstep.value,
      edge: (dependent, dependency) => {
        const single = dependents.edges?.find(
          (edge) => matches(edge.dependent, dependent) && matches(edge.dependency, dependency),
        );
        const named = settings.get(dependent)?.dependencies?.[dependency];
        return { ...defaults, ...own.get(dependent), ...edgeOf(single ?? {}), ...edgeOf(named ?? {}) };
      },
    },
  };
}

interface EdgeWords {
  readonly follow?: string | null | undefined;
  readonly rewrite?: string | null | undefined;
}

function edgeOf({ follow, rewrite }: EdgeWords): Partial<EdgePolicy> {
  return {
    ...(typeof follow === 'string' && isFollow(follow) ? { follow } : {}),
    ...(typeof rewrite === 'string' && isRewrite(rewrite) ? { rewrite } : {}),
  };
}

function firstBad({ dependents = {} }: NxPypiOptions, packages: readonly PythonPackage[]) {
  const places: readonly { readonly words: EdgeWords; readonly where: string }[] = [
    { words: dependents, where: 'nx.json' },
    ...(dependents.edges ?? []).map((words) => ({ words, where: 'nx.json' })),
    ...packages.map((pkg) => ({ words: pkg.settings, where: pkg.manifest })),
    ...packages.flatMap(({ settings, manifest }) =>
      Object.values(settings.dependencies ?? {}).map((words) => ({ words, where: manifest })),
    ),
  ];
  for (const { words, where } of places) {
    if (typeof words.follow === 'string' && !isFollow(words.follow)) return bad('follow', words.follow, FOLLOWS, where);
    if (typeof words.rewrite === 'string' && !isRewrite(words.rewrite))
      return bad('rewrite', words.rewrite, REWRITES, where);
  }
  const stranger = packages.map(strangerOf).find((found) => found !== null);
  if (stranger !== undefined) return stranger;
  const { level = 'patch' } = dependents;
  return ['patch', 'match'].includes(level) ? null : bad('dependents.level', level, ['patch', 'match'], 'nx.json');
}

/** A package that says how it follows what it does not need: the name is misspelt, or was left behind. */
function strangerOf({ normalizedName, settings, declarations, manifest }: PythonPackage): Problem | null {
  const needed = new Set(declarations.map((declaration) => declaration.normalizedName));
  const name = Object.keys(settings.dependencies ?? {}).find((each) => !needed.has(each));
  if (name === undefined) return null;
  return {
    code: 'NXPYPI_BAD_OPTION',
    message: `${normalizedName} says how it follows '${name}', which it does not need`,
    hint: 'name one of its dependencies in [tool.nx-pypi.dependencies.NAME], or remove the table',
    where: manifest,
  };
}

function bad(option: string, value: string, allowed: readonly string[], where: string) {
  return {
    code: 'NXPYPI_BAD_OPTION',
    message: `the option ${option} can't be '${value}'`,
    hint: `write one of ${allowed.join(', ')}`,
    where,
  };
}

/** The members of its group by member. A package in two groups is an error: it can't share two versions. */
function groupsOf(
  { lockstep = {} }: NxPypiOptions,
  packages: readonly PythonPackage[],
  tags: Tags,
): Found<DependentsPolicy['lockstep']> {
  const groups = new Map<string, Set<string>>();
  const groupOf = new Map<string, string>();
  for (const pkg of packages) {
    const name = pkg.normalizedName;
    const listed = Object.entries(lockstep)
      .filter(([, patterns]) => patterns.some((pattern) => matchesPackage(pattern, name, tags.get(name) ?? [])))
      .map(([group]) => group);
    for (const group of [...listed, ...(pkg.settings.lockstep === null ? [] : [pkg.settings.lockstep])]) {
      const other = groupOf.get(name) ?? group;
      if (other !== group) return { kind: 'problem', problem: inTwoGroups(pkg, other, group) };
      groupOf.set(name, group);
      groups.set(group, (groups.get(group) ?? new Set()).add(name));
    }
  }
  const members = new Map([...groups].map(([group, names]) => [group, [...names].toSorted()] as const));
  return { kind: 'found', value: new Map([...groupOf].map(([name, group]) => [name, members.get(group) ?? []])) };
}

function inTwoGroups(pkg: PythonPackage, one: string, other: string) {
  return {
    code: 'NXPYPI_TWO_LOCKSTEP_GROUPS',
    message: `${pkg.normalizedName} is in the lockstep groups '${one}' and '${other}'`,
    hint: 'list it in one of them only',
    where: pkg.manifest,
  };
}
