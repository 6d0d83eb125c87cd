/** A row of the benchmark: one question, asked of several sides in turn. Sides are plain objects; the list is in rows.ts. */

export interface Sample {
  /** Wall-clock time of what the row measures, in milliseconds. */
  readonly milliseconds: number;
  /** What came out, so that a side that does less than the others is seen: `1000 packages, 2500 edges`. */
  readonly outcome: string;
}

export interface Side {
  readonly name: string;
  measure(): Promise<Sample>;
}

export interface Settings {
  /** Small inputs and few rounds: shows that the benchmark works, proves no figure. */
  readonly quick: boolean;
  /** Absolute path of the git-ignored folder that holds workspaces and installed peers. */
  readonly folder: string;
}

export interface Row {
  readonly name: string;
  readonly question: string;
  /** Makes what the sides need; none of it is measured. The first side is the one that the others are divided by. */
  prepare(settings: Settings): Promise<readonly Side[]>;
}
