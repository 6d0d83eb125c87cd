/** Contract to be filled in by the modules of this library. */
export interface Version {
  readonly epoch: bigint;
  readonly release: readonly bigint[];
  readonly pre: { readonly phase: 'a' | 'b' | 'rc'; readonly number: bigint } | null;
  readonly post: bigint | null;
  readonly dev: bigint | null;
  readonly local: readonly (bigint | string)[] | null;
}

/** Core metadata (PEP 566 and later): headers in file order, names as written; `description` is the body or the header. */
export interface CoreMetadata {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly description: string;
}
