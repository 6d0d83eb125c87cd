const SEPARATORS = /[-_.]+/g;
const VALID_NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/** Takes a distribution's or extra's name, returns its normalised form: lower case, runs of `-_.` as one `-` (PEP 503, PEP 685). */
export function normalizeName(name: string): string {
  return name.replace(SEPARATORS, '-').toLowerCase();
}

/** Whether `name` may name a distribution: ASCII letters, digits and `._-`, a letter or digit at both ends (PEP 508). */
export function isValidName(name: string): boolean {
  return VALID_NAME.test(name);
}
