import type { Version } from '../versions/version.ts';

export type SpecifierOperator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>';

/** One clause of a specifier set (PEP 440, "Version specifiers"). */
export type Specifier = OrderedSpecifier | ArbitrarySpecifier;

export interface OrderedSpecifier {
  readonly kind: 'ordered';
  readonly operator: Exclude<SpecifierOperator, '==='>;
  readonly version: Version;
  /** `==1.2.*` or `!=1.2.*`: `version` is the prefix. */
  readonly wildcard: boolean;
  /** The version as written, with `.*`, without white space around it. */
  readonly written: string;
}

/** `===`: equality of text; what is written need not be a version. */
interface ArbitrarySpecifier {
  readonly kind: 'arbitrary';
  readonly written: string;
}

/** Clauses that must all hold, in the order written. No clauses allow every version. */
export interface SpecifierSet {
  readonly clauses: readonly Specifier[];
}

/** Clauses as written, joined by commas without white space; '' for the empty set. */
export function formatSpecifierSet(set: SpecifierSet): string {
  return set.clauses.map(formatSpecifier).join(',');
}

function formatSpecifier(clause: Specifier): string {
  return clause.kind === 'arbitrary' ? `===${clause.written}` : `${clause.operator}${clause.written}`;
}
