import type { TomlTable } from '../toml/query.ts';
import { parseToml } from '../toml/read-toml.ts';
import { ordinaryTable } from './ordinary-table.ts';
import { roleOf } from './roles.ts';
import { sectionsOf } from './sections.ts';

/** In UTF-16 units; what is longer is read whole. */
const LONGEST = 256 * 1024;

let latest: { readonly text: string; readonly table: TomlTable | null } = { text: '', table: null };

/**
 * What a pyproject.toml says of its package, as queries would find it in the whole document. Settings of tools that have no say in
 * that, half of most manifests, are passed over unread, and what is wrong in there stays unseen. Null where the whole must be
 * read: it is invalid, or written in a way that hides where its tables begin.
 */
export function excerptOf(text: string): TomlTable | null {
  if (latest.text !== text) latest = { text, table: excerpt(text) };
  return latest.table;
}

function excerpt(text: string): TomlTable | null {
  const sections = text.length > LONGEST ? null : sectionsOf(text);
  if (sections === null) return null;
  const ordinary = ordinaryTable(sections);
  if (ordinary !== null) return ordinary;
  const kept = sections.filter(({ header }) => roleOf(header) !== 'checker');
  const reading = parseToml(kept.map((section) => section.text).join(''));
  return reading.kind === 'toml' ? reading.table : null;
}
