/** A version of the public or local form of PEP 440. Spelling is gone, the number of release segments is kept. */
export interface Version {
  readonly epoch: bigint;
  readonly release: readonly bigint[];
  readonly pre: { readonly phase: PrePhase; readonly number: bigint } | null;
  readonly post: bigint | null;
  readonly dev: bigint | null;
  readonly local: readonly (bigint | string)[] | null;
}

export type PrePhase = 'a' | 'b' | 'rc';

/** True for alpha, beta, rc and dev releases, `1.0.post1.dev2` included (PEP 440, "Handling of pre-releases"). */
export function isPreRelease(version: Version): boolean {
  return version.pre !== null || version.dev !== null;
}

export function isDevRelease(version: Version): boolean {
  return version.dev !== null;
}

export function isPostRelease(version: Version): boolean {
  return version.post !== null;
}

/** The version without its local part (PEP 440, "Public version identifiers"). */
export function publicVersion(version: Version): Version {
  return version.local === null ? version : { ...version, local: null };
}

/** Epoch and release alone: no pre, post, dev or local part. */
export function baseVersion(version: Version): Version {
  return { epoch: version.epoch, release: version.release, pre: null, post: null, dev: null, local: null };
}
