/** A row of the benchmark: one question, asked of several sides in turn. Sides are plain objects; the list is in rows.ts. */

export interface Sample {
  /** Wall-clock time of what the row measures, in milliseconds. */
  readonly milliseconds: number;
  /** Processor time of the same, user and system, of the measured process and those it waited for, in milliseconds. */
  readonly cpu: number;
  /** The most memory that one of these processes held at a time, in MiB; not measured everywhere. */
  readonly memory?: number;
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

/** The sides of a row while it is measured, and what ends the servers that they talk to. */
export interface Stage {
  /** The first side is the one that the others are divided by. */
  readonly sides: readonly Side[];
  readonly close?: () => Promise<void>;
}

export interface Row {
  readonly name: string;
  readonly question: string;
  /** How often every side is asked at most; with `--quick` once. */
  readonly rounds: number;
  /** No round begins that would not end within so many seconds of measuring; the first one always runs. Default: 60. */
  readonly seconds?: number;
  /** The same work at several sizes: the report says how it grows. Sides are named by their size. */
  readonly growth?: boolean;
  /** Of a row that grows: what bounds it in the end, for people: `the processor`, `the line: 30 ms, 8 connections`. */
  readonly limit?: string;
  /** Makes what the sides need; none of it is measured. */
  prepare(settings: Settings): Promise<Stage>;
}
