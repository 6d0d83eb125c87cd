/** When a package follows the release of another one that it needs. */
export const FOLLOWS = ['range', 'always', 'never'] as const;
/** `range`: when its range leaves the new version out; `always`: while its floor is below it; `never`: people do it by hand. */
export type Follow = (typeof FOLLOWS)[number];

/** How a range is rewritten that leaves a version out. */
export const REWRITES = ['style', 'exact', 'compatible', 'floor', 'cap-next-major'] as const;
/**
 * `style`: as it was written; `exact`: `==V`; `compatible`: `~=V`; `floor`: `>=V` and the ceilings that stand there;
 * `cap-next-major`: `>=V` and below the next major version.
 */
export type Rewrite = (typeof REWRITES)[number];

export interface EdgePolicy {
  readonly follow: Follow;
  readonly rewrite: Rewrite;
}

/** What a release means for the packages around it (rules F1 to F3). */
export interface DependentsPolicy {
  /** Both names normalised. */
  readonly edge: (dependent: string, dependency: string) => EdgePolicy;
  /** The level of a dependent whose rewritten range excludes all that it accepted: `match`: its dependency's. */
  readonly level: 'patch' | 'match';
  /** The members of its group by member, itself included: they share one version. */
  readonly lockstep: ReadonlyMap<string, readonly string[]>;
}

export const PLAIN_DEPENDENTS: DependentsPolicy = {
  edge: () => ({ follow: 'range', rewrite: 'style' }),
  level: 'patch',
  lockstep: new Map(),
};

export function isFollow(text: string): text is Follow {
  return FOLLOWS.some((follow) => follow === text);
}

export function isRewrite(text: string): text is Rewrite {
  return REWRITES.some((rewrite) => rewrite === text);
}
