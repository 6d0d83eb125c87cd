import type { MetadataDifference, Reason } from '../model/change.ts';
import type { Explanation, FileDifference, FilePrint } from './explanation.ts';

/** Lines of one diff, and files with one, before the rest is only counted. */
const [MAX_LINES, MAX_FILES] = [40, 10];

/** Metadata old and new, then what differs in files. */
export function differenceLines(explanation: Explanation, full: boolean): readonly string[] {
  const { files, description, reasons } = explanation;
  const diffs = files.map((file) => ['', ...fileLines(file, full)]);
  const shown = full ? diffs : diffs.slice(0, MAX_FILES);
  const rest = diffs.length - shown.length;
  return [
    ...metadataLines(reasons),
    ...(description === null ? [] : ['', ...diffLines(description, full)]),
    ...shown.flat(),
    ...(rest === 0 ? [] : ['', `… and ${rest} more files; --full shows them`]),
  ];
}

function metadataLines(reasons: readonly Reason[]): readonly string[] {
  const fields = reasons.flatMap((reason) => (reason.kind === 'metadata' ? reason.fields : []));
  const told = fields.filter(({ field }) => field !== 'Description');
  return told.length === 0 ? [] : ['', 'metadata', ...told.flatMap(fieldLines)];
}

/** A field with one value on one line, else each value that went or came. */
function fieldLines({ field, before, after }: MetadataDifference): readonly string[] {
  const [old, now] = [before[0] ?? '', after[0] ?? ''];
  if (before.length <= 1 && after.length <= 1 && !`${old}${now}`.includes('\n'))
    return [`  ${field}: ${old === '' ? '(none)' : old} → ${now === '' ? '(none)' : now}`];
  const gone = before.filter((value) => !after.includes(value)).map((value) => `    - ${value}`);
  const came = after.filter((value) => !before.includes(value)).map((value) => `    + ${value}`);
  return [`  ${field}`, ...[...gone, ...came].flatMap((text) => text.split('\n'))];
}

function fileLines(file: FileDifference, full: boolean): readonly string[] {
  const { path, change, before, after, diff } = file;
  const mode = modeOf(before, after);
  if (before !== null && after !== null && before.sha256 === after.sha256)
    return [`${path} modified${mode === '' ? '' : `: ${mode}`}`];
  if (diff === null)
    return [
      `${path} ${change}: ${[before, after].flatMap((print) => (print === null ? [] : [printText(print)])).join(' → ')}`,
    ];
  return [...(mode === '' ? [] : [`${path}: ${mode}`]), ...diffLines(diff, full)];
}

function modeOf(before: FilePrint | null, after: FilePrint | null): string {
  if (before?.executable === after?.executable || typeof before?.executable !== 'boolean') return '';
  if (typeof after?.executable !== 'boolean') return '';
  return after.executable ? 'now executable' : 'no longer executable';
}

function printText({ size, sha256 }: FilePrint): string {
  return `${size} bytes, sha256 ${sha256.slice(0, 16)}…`;
}

function diffLines(diff: string, full: boolean): readonly string[] {
  const lines = diff.replace(/\n$/, '').split('\n');
  if (full || lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), `… ${lines.length - MAX_LINES} more lines; --full shows them`];
}
