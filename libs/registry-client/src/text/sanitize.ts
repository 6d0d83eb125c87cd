/** ANSI escape sequences (ECMA-48): CSI with its parameters, OSC up to its end, and two-byte escapes. */
// oxlint-disable-next-line no-control-regex
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
/** C0, C1, DEL, line separators, and the marks that reorder text (Unicode bidirectional controls). */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
/** GitLab's `section_start:`, and the workflow commands of GitHub (`::name::`), Azure (`##vso[`) and TeamCity. */
const markers: readonly (readonly [RegExp, string])[] = [
  [/section_(start|end):/gi, 'section_$1 '],
  [/::(?=[\w-]+(?:\s[^:]*)?::)/g, ': '],
  [/##(?=\[|vso\[|teamcity\[)/g, '# '],
];

/** Text of strangers on one line: without control characters and CI section markers (H3), at most `limit` characters. */
export function sanitize(text: string, limit = 300): string {
  const plain = text.replace(escapes, '').replace(controls, ' ');
  const tame = markers.reduce((line, [marker, replacement]) => line.replace(marker, replacement), plain);
  const line = tame.replace(/ {2,}/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
