import { isDevRelease, isPreRelease, specifierAllows, type SpecifierSet } from '@nx-pypi/standards';
import type { PublishedVersion } from '../../model/registry-state.ts';

/** Rule C1: versions that this branch may release. */
export interface LinePolicy {
  readonly line: SpecifierSet;
  /** Of packages that say it themselves, by normalised name. */
  readonly lines?: ReadonlyMap<string, SpecifierSet>;
}

/** The line of one package. */
export function lineOf(name: string, { line, lines }: LinePolicy): SpecifierSet {
  return lines?.get(name) ?? line;
}

/** What limits the choice of a baseline. */
export interface BaselinePolicy extends LinePolicy {
  /** `name version`, both canonical: versions that exist but are no baselines (rule B6). */
  readonly unavailable: ReadonlySet<string>;
}

/**
 * Rule C2, for runs without a channel: the line's highest final or post release that is neither yanked nor
 * unavailable; where there is none, its highest alpha, beta or rc. Dev releases are baselines in their channel only.
 * Null when no version qualifies.
 */
export function baselineOf(
  name: string,
  versions: readonly PublishedVersion[],
  policy: BaselinePolicy,
): PublishedVersion | null {
  return baselinesOf(name, versions, policy)[0] ?? null;
}

/** What qualifies by rule C2, the best first. */
export function baselinesOf(
  name: string,
  versions: readonly PublishedVersion[],
  policy: BaselinePolicy,
): readonly PublishedVersion[] {
  const candidates = inLine(versions, lineOf(name, policy)).filter(
    (published) =>
      !published.yanked && !policy.unavailable.has(`${name} ${published.text}`) && !isDevRelease(published.version),
  );
  const finals = candidates.filter((published) => !isPreRelease(published.version));
  return (finals.length > 0 ? finals : candidates).toReversed();
}

/** The versions of the line, ascending as given (rule C1). */
export function inLine(versions: readonly PublishedVersion[], line: SpecifierSet): readonly PublishedVersion[] {
  return versions.filter((published) => specifierAllows(line, published.version, 'always'));
}
