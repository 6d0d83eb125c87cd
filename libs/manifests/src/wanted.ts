import { normalizedName } from './normalized-name.ts';
import type { TomlTable } from './toml/query.ts';

/** Of which requirements and names declarations are read; null: of all, and what is no requirement is a problem. */
export type Wanted = null | {
  /** Asked with a requirement as it is written (PEP 508). */
  readonly requirement: (written: string) => boolean;
  readonly name: (name: string) => boolean;
  /** Whether a table of lists may hold a wanted requirement. */
  readonly within: (table: TomlTable) => boolean;
};

const NAME = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/;

/** Those that name one of `names` (PEP 503). Thousands of packages write the same few hundred requirements. */
export function wantedNames(names: ReadonlySet<string>): NonNullable<Wanted> {
  const answers = new Map<string, boolean>();
  const name = (written: string): boolean => names.has(normalizedName(written));
  const requirement = (written: string): boolean => {
    const known = answers.get(written);
    if (known !== undefined) return known;
    const [, start] = NAME.exec(written) ?? [];
    const answer = start !== undefined && name(start);
    answers.set(written, answer);
    return answer;
  };
  const tables = new WeakMap<TomlTable, boolean>();
  const within = (table: TomlTable): boolean => {
    const known = tables.get(table);
    if (known !== undefined) return known;
    const answer = Object.values(table).some((value) => mayHold(value, requirement));
    tables.set(table, answer);
    return answer;
  };
  return { requirement, name, within };
}

/** Strings are judged as requirements, lists by their members; what else there is may be anything. */
function mayHold(value: unknown, requirement: (written: string) => boolean): boolean {
  if (typeof value === 'string') return requirement(value);
  return Array.isArray(value) ? value.some((member) => mayHold(member, requirement)) : typeof value === 'object';
}
