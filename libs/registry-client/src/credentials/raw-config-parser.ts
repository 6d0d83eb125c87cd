/** Options by section, section names as written, option names in lower case. */
export type RawConfig = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads what Python's `RawConfigParser` reads with its defaults: no interpolation, `;` and `#` begin a comment at the start
 * of a line only, `=` or `:` delimit, indented lines continue a value. Lines that Python would refuse are left out.
 * Source: Python docs, "configparser".
 */
export function parseRawConfig(text: string): RawConfig {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let last: { readonly name: string; readonly indent: number } | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const indent = line.length - line.trimStart().length;
    if (section !== undefined && last !== undefined && indent > last.indent) {
      section.set(last.name, `${section.get(last.name) ?? ''}\n${content}`.replace(/^\n/, ''));
      continue;
    }
    const header = /^\[(?<name>.+)\]/.exec(content)?.groups?.['name'];
    if (header === undefined) {
      last = section === undefined ? undefined : setOption(section, content, indent);
    } else {
      section = sections.get(header) ?? new Map<string, string>();
      sections.set(header, section);
      last = undefined;
    }
  }
  return sections;
}

function setOption(
  section: Map<string, string>,
  content: string,
  indent: number,
): { readonly name: string; readonly indent: number } | undefined {
  const entry = /^(?<name>[^=:]*?)\s*[=:]\s*(?<value>.*)$/.exec(content)?.groups;
  const name = entry?.['name']?.toLowerCase();
  if (!name) return undefined;
  section.set(name, entry?.['value'] ?? '');
  return { name, indent };
}
