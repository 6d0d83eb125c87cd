import { formatVersion, parseVersion } from '@nx-pypi/standards';
import type { Version } from '@nx-pypi/standards';

/** One PEP 440 clause that a Poetry term comes to. `version` of a wildcard is its prefix. */
export interface Clause {
  readonly operator: '>=' | '>' | '<=' | '<' | '==' | '!=';
  readonly version: Version;
  readonly wildcard: boolean;
}

const TERM = /^(\^|~=|~|===|==|!=|>=|<=|=|>|<)?(.+)$/;

/**
 * The clauses of one Poetry term such as `^1.2`, `~1`, `1.*` or `1.2`; none for `*`; null when it is no constraint.
 * Poetry, "Dependency specification"; the numbers as poetry-core writes them.
 */
export function clausesOf(term: string): readonly Clause[] | null {
  if (/^(?:==|=)?[*xX](?:\.\*)*$/.test(term)) {
    return [];
  }
  const [, operator = '', rest = ''] = TERM.exec(term) ?? [];
  const wildcard = rest.endsWith('.*');
  const version = parseVersion(wildcard ? rest.replace(/(?:\.\*)+$/, '') : rest);
  if (version === null) {
    return null;
  }
  return wildcard ? wildcardClauses(operator, version) : plainClauses(operator, version);
}

/** A clause as PEP 440 text. */
export function clauseText(clause: Clause): string {
  return `${clause.operator}${formatVersion(clause.version)}${clause.wildcard ? '.*' : ''}`;
}

/** Epoch and release that follow `version` at segment `index`, zeros behind it. */
export function nextRelease(version: Version, index: number): Version {
  const release = version.release.map((segment, at) => (at < index ? segment : at === index ? segment + 1n : 0n));
  return { epoch: version.epoch, release, pre: null, post: null, dev: null, local: null };
}

function wildcardClauses(operator: string, version: Version): readonly Clause[] | null {
  switch (operator) {
    case '':
    case '=':
    case '==':
      return [{ operator: '==', version, wildcard: true }];
    case '!=':
      return [{ operator: '!=', version, wildcard: true }];
    case '>=':
    case '<':
      return [{ operator, version, wildcard: false }];
    default:
      return null;
  }
}

function plainClauses(operator: string, version: Version): readonly Clause[] | null {
  const last = version.release.length - 1;
  switch (operator) {
    case '^': {
      const first = version.release.findIndex((segment) => segment !== 0n);
      return between(version, nextRelease(version, first === -1 ? last : first));
    }
    case '~':
      return between(version, nextRelease(version, Math.min(1, last)));
    case '~=':
      return between(version, nextRelease(version, Math.max(0, last - 1)));
    case '':
    case '=':
    case '==':
      return [{ operator: '==', version, wildcard: false }];
    case '!=':
    case '>=':
    case '>':
    case '<=':
    case '<':
      return [{ operator, version, wildcard: false }];
    default:
      return null;
  }
}

function between(lower: Version, upper: Version): readonly Clause[] {
  return [
    { operator: '>=', version: lower, wildcard: false },
    { operator: '<', version: upper, wildcard: false },
  ];
}
