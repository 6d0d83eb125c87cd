import { withoutCredentials } from '../environments/installer-environment.ts';

/** Escape sequences of terminals (ECMA-48): colours, cursor movements, titles, links. */
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g;

/** What a build printed, without control characters (rule H3) and without credentials in URLs. */
export function cleanLog(text: string): string {
  const plain = text.replaceAll('\r\n', '\n').replaceAll(ESCAPES, '').replaceAll('\r', '\n').replaceAll(CONTROLS, '');
  return withoutCredentials(plain);
}

/** The last lines that are not empty, cleaned, each cut to 400 characters. */
export function lastLines(text: string, count: number): string {
  const lines = cleanLog(text)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return lines
    .slice(-count)
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line))
    .join('\n');
}
