const CLAUSE = /^([ \t]*)(===|[~=!<>]=|[<>])([ \t]*)(.*?)([ \t]*)$/;

/**
 * `specifier` with white space behind operators and around commas as `written`, the range that it replaces, has it: clause by
 * clause, its last one for those that come after. Both are lists of PEP 440 specifiers; white space of `specifier` stays.
 */
export function spacedLike(written: string, specifier: string): string {
  const models = written.split(',').map((clause) => CLAUSE.exec(clause));
  const clauses = specifier.split(',');
  return clauses
    .map((clause, index) => {
      const model = models[Math.min(index, models.length - 1)];
      const [, lead = '', operator = '', gap = '', version = '', trail = ''] = CLAUSE.exec(clause) ?? [];
      if (model === null || model === undefined || operator === '') return clause;
      const [, modelLead = '', , modelGap = '', , modelTrail = ''] = model;
      const before = index === 0 ? lead : lead || modelLead || (models.length === 1 ? modelGap : '');
      const after = index === clauses.length - 1 ? trail : trail || modelTrail;
      return `${before}${operator}${gap || modelGap}${version}${after}`;
    })
    .join(',');
}
