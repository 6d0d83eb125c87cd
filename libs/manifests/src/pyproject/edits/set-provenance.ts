import type { EditResult, ManifestChange, ReadText, TextEdit } from '../../model.ts';
import { checkedEdits } from '../../toml/checked-edits.ts';
import type { TomlMap } from '../../toml/locate.ts';
import { mapToml, startsWith } from '../../toml/locate.ts';
import { keyText, quoted } from '../../toml/quote.ts';
import { readToml } from '../../toml/read-toml.ts';
import { removedLines } from '../../toml/remove-pair.ts';
import { notFound } from '../../toml/replace-string.ts';
import { withValue } from '../../toml/with-value.ts';

type Fields = Extract<ManifestChange, { readonly kind: 'set-provenance' }>['fields'];

const KEYS = ['tool', 'nx-pypi', 'provenance'] as const;

/** Puts `[tool.nx-pypi.provenance]` at the end of a pyproject.toml, in place of one that is there (rule I1). */
export function setProvenance(file: string, fields: Fields, readText: ReadText): EditResult {
  const content = readText(file);
  if (content === undefined || readToml(content).kind === 'error') {
    return { kind: 'problem', problem: notFound(file, KEYS) };
  }
  const removals = presentTable(file, content, mapToml(content));
  const eol = content.includes('\r\n') ? '\r\n' : '\n';
  const lead = separator(content, removals, eol);
  const text = lead + tableText(fields).join(eol) + eol;
  const added = { file, start: content.length, end: content.length, text };
  return checkedEdits(file, content, [...removals, added], (table) => withValue(table, KEYS, fields));
}

function presentTable(file: string, content: string, map: TomlMap): readonly TextEdit[] {
  const headers = map.headers.filter(({ keys }) => startsWith(keys, KEYS));
  const pairs = map.entries.filter(
    ({ keys, ownLine }) =>
      ownLine && startsWith(keys, KEYS) && !headers.some((header) => startsWith(keys, header.keys)),
  );
  const spans = [...headers, ...pairs.map((entry) => entry.pair ?? entry)].toSorted((a, b) => a.start - b.start);
  const removals = spans.map(({ start, end }) => removedLines(file, content, start, end));
  return withoutBlankTail(content, removals);
}

/** Blank lines before a table at the end of the file go with it, so that replacing it again and again adds none. */
function withoutBlankTail(content: string, removals: readonly TextEdit[]): readonly TextEdit[] {
  let end = content.length;
  const trimmed = removals.toReversed().map((removal) => {
    if (content.slice(removal.end, end).trim() !== '') {
      return removal;
    }
    const kept = content.slice(0, removal.start).replace(/(?:\r?\n[\t ]*)+$/, '');
    const start = kept.length === removal.start ? removal.start : content.indexOf('\n', kept.length) + 1;
    const edit = { ...removal, start, end };
    end = start;
    return edit;
  });
  return trimmed.toReversed();
}

/** What stands between the text that stays and the table: one blank line. */
function separator(content: string, removals: readonly TextEdit[], eol: string): string {
  const last = removals.at(-1);
  const stays = last?.end === content.length ? content.slice(0, last.start) : content;
  if (/^\uFEFF?$/.test(stays)) {
    return '';
  }
  return stays.endsWith('\n') ? eol : eol + eol;
}

function tableText(fields: Fields): readonly string[] {
  const plain: string[] = [];
  const tables: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'string') {
      plain.push(`${keyText(key)} = ${quoted(value)}`);
    } else {
      const lines = Object.entries(value).map(([name, text]) => `${keyText(name)} = ${quoted(text)}`);
      tables.push('', `[${KEYS.join('.')}.${keyText(key)}]`, ...lines);
    }
  }
  return [`[${KEYS.join('.')}]`, ...plain, ...tables];
}
