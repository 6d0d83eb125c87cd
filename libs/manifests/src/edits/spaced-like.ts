const CLAUSE = /^([ \t]*)(===|[~=!<>]=|[<>])([ \t]*)(.*?)([ \t]*)$/;

/** White space of one clause: in front, behind the operator, and at the end. */
interface Spacing {
  readonly lead: string;
  readonly gap: string;
  readonly trail: string;
}

/**
 * `specifier` with white space behind operators and around commas as `written`, the range that it replaces, has it: clause by
 * clause, its last one for those that come after. Both are lists of PEP 440 specifiers; white space of `specifier` stays.
 */
export function spacedLike(written: string, specifier: string): string {
  const models = written.split(',').map(spacingOf);
  const clauses = specifier.split(',');
  return clauses
    .map((clause, index) => {
      const { lead, gap, trail } = models[Math.min(index, models.length - 1)] ?? spacingOf('');
      return spaced(clause, {
        lead: index === 0 ? '' : lead || (models.length === 1 ? gap : ''),
        gap,
        trail: index === clauses.length - 1 ? '' : trail,
      });
    })
    .join(',');
}

function spacingOf(clause: string): Spacing {
  const [, lead = '', , gap = '', , trail = ''] = CLAUSE.exec(clause) ?? [];
  return { lead, gap, trail };
}

/** A clause with this spacing where it has none of its own. */
function spaced(clause: string, spacing: Spacing): string {
  const [, lead = '', operator = '', gap = '', version = '', trail = ''] = CLAUSE.exec(clause) ?? [];
  if (operator === '') return clause;
  return [lead || spacing.lead, operator, gap || spacing.gap, version, trail || spacing.trail].join('');
}
