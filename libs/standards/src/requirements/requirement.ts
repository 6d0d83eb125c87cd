import type { ParseFailure } from '../text/scanner.ts';

/** UTF-16 offsets into the text that was parsed; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A dependency specifier (PEP 508), its parts as written. */
export interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** Without parentheses and the white space around it; '' for none. */
  readonly specifier: string;
  readonly url: string | null;
  /** Without its `;` and the white space around it. */
  readonly marker: string | null;
  readonly spans: RequirementSpans;
}

/** Where the parts stand; a span's slice of the text is the part. */
export interface RequirementSpans {
  readonly name: Span;
  /** With brackets. */
  readonly extras: Span | null;
  /** Inside parentheses where there are any, of no length when these are empty; null where nothing stands. */
  readonly specifier: Span | null;
  readonly url: Span | null;
  readonly marker: Span | null;
}

export type RequirementResult =
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  | ({ readonly kind: 'error' } & ParseFailure);
