import type { TomlTable } from '../toml/query.ts';
import { textAt } from '../toml/query.ts';
import type { Clause } from './constraint/term.ts';
import { alternativesOf } from './constraint/poetry-constraint.ts';

/** The PEP 508 marker of a dependency's `python`, `platform` and `markers`, or null. */
export function markerOf(table: TomlTable): string | null {
  const python = textAt(table, 'python');
  const platform = textAt(table, 'platform');
  const parts = [
    python === null ? '' : pythonMarker(python),
    platform === null ? '' : `sys_platform == "${platform}"`,
    textAt(table, 'markers') ?? '',
  ].filter((part) => part.trim() !== '');
  return parts.length === 0 ? null : parts.map((part) => (parts.length > 1 ? guarded(part) : part)).join(' and ');
}

function guarded(part: string): string {
  return /\sor\s/.test(part) ? `(${part})` : part;
}

function pythonMarker(constraint: string): string {
  const alternatives = alternativesOf(constraint) ?? [];
  return alternatives.some((clauses) => clauses.length === 0)
    ? ''
    : alternatives.map((clauses) => clauses.map(comparison).join(' and ')).join(' or ');
}

/** `python_version` has two segments; a bound with more is compared with `python_full_version`. */
function comparison({ operator, version, wildcard }: Clause): string {
  const isFull = version.release.slice(2).some((segment) => segment !== 0n);
  const [major = 0n, minor] = version.release;
  const short = wildcard && minor === undefined ? `${major}.*` : `${major}.${minor ?? 0n}`;
  return isFull
    ? `python_full_version ${operator} "${version.release.join('.')}${wildcard ? '.*' : ''}"`
    : `python_version ${operator} "${short}"`;
}
