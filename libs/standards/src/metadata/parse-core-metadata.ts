import { header, type CoreMetadata } from './core-metadata.ts';

const BYTE_ORDER_MARK = '\uFEFF';
const HEADER = /^([!-9;-~]+)[ \t]*:(.*)$/s;
/** How a folded Description was indented: seven blanks and a bar, or eight blanks (core metadata, "Description"). */
const INDENT = /^(?: {7}\|| {8}|[ \t]+)/;

interface OpenHeader {
  readonly name: string;
  readonly lines: string[];
}

/**
 * Takes the text of METADATA or PKG-INFO (core metadata specification: RFC 822 headers, a blank line, the description).
 * Lines of a folded field are joined by line feeds, their indent dropped. As mail readers do, takes the first line that is
 * neither header nor continuation for the beginning of the body. Never fails: what is not there is missing.
 */
export function parseCoreMetadata(text: string): CoreMetadata {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const open: OpenHeader[] = [];
  let at = 0;
  while (at < content.length) {
    const end = endOfLine(content, at);
    const line = withoutLineEnd(content.slice(at, end));
    if (!readLine(line, open)) {
      at = line === '' ? end : at;
      break;
    }
    at = end;
  }
  const read = open.map(({ name, lines }) => [name, lines.join('\n').trim()] as const);
  const body = content.slice(at);
  const described = header({ headers: read, description: '' }, 'Description') ?? '';
  return { headers: read, description: body.trim() === '' ? described : body };
}

/** Whether the line is a header or continues one. */
function readLine(line: string, open: OpenHeader[]): boolean {
  const last = open.at(-1);
  if (last !== undefined && /^[ \t]/.test(line)) {
    last.lines.push(line.replace(INDENT, ''));
    return true;
  }
  const [, name, value] = HEADER.exec(line) ?? [];
  if (name === undefined || value === undefined) return false;
  open.push({ name, lines: [value] });
  return true;
}

function endOfLine(text: string, at: number): number {
  const lineFeed = text.indexOf('\n', at);
  return lineFeed === -1 ? text.length : lineFeed + 1;
}

function withoutLineEnd(line: string): string {
  return line.replace(/\r?\n$/, '');
}
