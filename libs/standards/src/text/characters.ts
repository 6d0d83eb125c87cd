const ZERO = 48;
const NINE = 57;

/** Tests of single UTF-16 units; `NaN`, which `charCodeAt` gives past the end, passes none. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** ASCII letters and digits; no other alphabet counts in PEP 440 and 508. */
export function isAlphanumeric(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** One of `-`, `_` and `.`. */
export function isSeparator(code: number): boolean {
  return code === 45 || code === 95 || code === 46;
}

/** The offset after the run of ASCII digits that starts at `at`; `at` when there is none. */
export function endOfDigits(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}
