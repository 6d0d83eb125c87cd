import type { EditResult, ManifestChange, Problem, ReadText, TextEdit } from '../../model.ts';
import { findSection, folded, readConfiguration } from '../configuration.ts';
import type { ConfigurationSection } from '../configuration.ts';

type Fields = Extract<ManifestChange, { readonly kind: 'set-provenance' }>['fields'];

const SECTION = 'nx-pypi';

/**
 * Writes `fields` into section `[nx-pypi]` of a setup.cfg (rule I1), in place of options of the same names; other options of
 * the section stay. A file that does not exist is created by an edit at offset 0. Maps become one `name: value` a line.
 */
export function setSection(file: string, fields: Fields, readText: ReadText): EditResult {
  const content = readText(file) ?? '';
  const reading = readConfiguration(content);
  if (reading.kind === 'error') return { kind: 'problem', problem: unreadable(file, reading.line, reading.message) };
  const eol = content.includes('\r\n') ? '\r\n' : '\n';
  const options = new Map(Object.entries(fields).map(([name, value]) => [name, optionLines(name, value).join(eol)]));
  const section = findSection(reading.sections, SECTION);
  if (section === null) {
    const text = `${lead(content, eol)}[${SECTION}]${eol}${[...options.values()].join(eol)}${eol}`;
    return { kind: 'edits', edits: [{ file, start: content.length, end: content.length, text }] };
  }
  return { kind: 'edits', edits: editsIn(section, { file, eol, options }) };
}

interface Writing {
  readonly file: string;
  readonly eol: string;
  readonly options: ReadonlyMap<string, string>;
}

function editsIn(section: ConfigurationSection, { file, eol, options }: Writing): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, text] of options) {
    const present = section.options.find((option) => folded(option.name) === folded(name));
    if (present === undefined) added.push(text);
    else edits.push({ file, start: present.start, end: present.end, text });
  }
  if (added.length === 0) return edits;
  return [...edits, { file, start: section.end, end: section.end, text: eol + added.join(eol) }];
}

/** One blank line between what is there and the new section. */
function lead(content: string, eol: string): string {
  if (/^\uFEFF?$/.test(content)) return '';
  return /[\r\n]$/.test(content) ? eol : eol + eol;
}

function optionLines(name: string, value: Fields[string]): readonly string[] {
  if (typeof value === 'string') return [`${name} = ${oneLine(value)}`.trimEnd()];
  const entries = Object.entries(value).map(([key, text]) => `    ${oneLine(key)}: ${oneLine(text)}`.trimEnd());
  return [`${name} =`, ...entries];
}

/** A line end would begin another option, other control characters are of no use in a value. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function unreadable(file: string, line: number, message: string): Problem {
  return {
    code: 'NXPYPI_BAD_SETUP_CFG',
    message: `${file} cannot be read as a configuration file: ${message}.`,
    hint: 'Correct the line; nothing can be written into the file as it is.',
    where: `${file}:${String(line)}`,
  };
}
