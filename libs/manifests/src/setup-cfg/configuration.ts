/** One line of an option's value, without white space around it. Offsets are UTF-16 offsets into the file. */
export interface ValueLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
}

export interface ConfigurationOption {
  /** As written. */
  readonly name: string;
  /** 1-based line of the name. */
  readonly line: number;
  /** Where the line of the name begins and where the last line of the value ends, its line end left out. */
  readonly start: number;
  readonly end: number;
  /** The lines of the value that are neither empty nor comments. */
  readonly value: readonly ValueLine[];
}

export interface ConfigurationSection {
  readonly name: string;
  /** Where the last line that belongs to the section ends: its header or the value of its last option. */
  readonly end: number;
  readonly options: readonly ConfigurationOption[];
}

export type ConfigurationReading =
  | { readonly kind: 'configuration'; readonly sections: readonly ConfigurationSection[] }
  /** `message` is a sentence without its full stop. */
  | { readonly kind: 'error'; readonly line: number; readonly message: string };

interface Line {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly text: string;
  /** Columns before the first character that is no white space. */
  readonly indent: number;
}

interface OpenSection {
  readonly name: string;
  end: number;
  readonly options: OpenOption[];
}

interface OpenOption {
  readonly name: string;
  readonly line: number;
  readonly start: number;
  end: number;
  readonly value: ValueLine[];
}

const HEADER = /^\[(?<name>.+)\]/;
const OPTION = /^(?<name>[^=:]*?)\s*[=:]\s*(?<value>.*)$/;

/**
 * Reads setup.cfg as setuptools does: Python's RawConfigParser with its defaults. Indented lines continue a value, lines
 * that begin with `#` or `;` are comments anywhere, nothing is a comment behind a value, nothing is interpolated.
 * A byte order mark is passed over. Sections of one name are an error to Python and so they are here, as are options.
 */
export function readConfiguration(content: string): ConfigurationReading {
  const sections: OpenSection[] = [];
  let indent = 0;
  for (const line of linesOf(content)) {
    const section = sections.at(-1);
    const option = section?.options.at(-1);
    if (line.text === '' || line.text.startsWith('#') || line.text.startsWith(';')) continue;
    if (section !== undefined && option !== undefined && line.indent > indent) {
      extend(section, option, line);
      continue;
    }
    indent = line.indent;
    const error = openLine(sections, line);
    if (error !== null) return { kind: 'error', line: line.number, message: error };
  }
  return { kind: 'configuration', sections };
}

function* linesOf(content: string): Generator<Line> {
  let number = 0;
  for (const match of content.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    number += 1;
    const [, raw = '', end = ''] = match;
    const text = raw.trim();
    const indent = raw.replace(/^\uFEFF/, '').search(/\S/);
    const first = raw.indexOf(text);
    const start = match.index + Math.max(0, first);
    yield { start, end: start + text.length, number, text, indent: Math.max(0, indent) };
    if (end === '') return;
  }
}

function extend(section: OpenSection, option: OpenOption, line: Line): void {
  option.value.push({ text: line.text, start: line.start, end: line.end, line: line.number });
  option.end = line.end;
  section.end = line.end;
}

/** Begins a section or an option; says what is wrong with a line that is neither. */
function openLine(sections: OpenSection[], line: Line): string | null {
  const header = HEADER.exec(line.text)?.groups?.['name'];
  if (header !== undefined) {
    if (sections.some(({ name }) => name === header)) return `section [${header}] is there twice`;
    sections.push({ name: header, end: line.end, options: [] });
    return null;
  }
  const section = sections.at(-1);
  if (section === undefined) return `'${line.text.slice(0, 60)}' stands before the first [section]`;
  const { name, value = '' } = OPTION.exec(line.text)?.groups ?? {};
  if (name === undefined || name === '') return `'${line.text.slice(0, 60)}' is no \`option = value\``;
  if (section.options.some((option) => option.name === name))
    return `option ${name} is there twice in [${section.name}]`;
  const start = line.end - value.length;
  const first = value === '' ? [] : [{ text: value, start, end: line.end, line: line.number }];
  section.options.push({ name, line: line.number, start: line.start, end: line.end, value: first });
  section.end = line.end;
  return null;
}

/** An option by its name; names differ neither by case nor by `-` and `_` (setuptools, `Distribution._parse_config_files`). */
export function findOption(
  sections: readonly ConfigurationSection[],
  section: string,
  ...names: readonly string[]
): ConfigurationOption | null {
  const options = findSection(sections, section)?.options ?? [];
  return options.find(({ name }) => names.includes(folded(name))) ?? null;
}

export function findSection(sections: readonly ConfigurationSection[], name: string): ConfigurationSection | null {
  return sections.find((section) => section.name === name) ?? null;
}

export function folded(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/** The value as one text; null for an empty or missing one. */
export function optionText(option: ConfigurationOption | null): string | null {
  const text = (option?.value ?? []).map((line) => line.text).join('\n');
  return text === '' ? null : text;
}

/** The items of a list: one a line, or, where the value is one line beside its name, divided by `separator`. */
export function optionItems(option: ConfigurationOption | null, separator: ',' | ';'): readonly ValueLine[] {
  const [only, ...more] = option?.value ?? [];
  if (option === null || only === undefined) return [];
  if (more.length > 0 || only.line !== option.line) return option.value;
  const items: ValueLine[] = [];
  let at = only.start;
  for (const part of only.text.split(separator)) {
    const text = part.trim();
    const start = at + part.indexOf(text);
    if (text !== '') items.push({ text, start, end: start + text.length, line: only.line });
    at += part.length + 1;
  }
  return items;
}
