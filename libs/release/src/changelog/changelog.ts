import { sectionText } from './section-text.ts';
import type { Sections } from './sections.ts';

const HEADER = `# Changelog

All notable changes to this package are documented in this file.
The format is based on Keep a Changelog (https://keepachangelog.com/en/1.1.0/).
`;

export interface ChangelogEntry {
  readonly version: string;
  /** ISO 8601 date. */
  readonly date: string;
  readonly sections: Sections;
}

/**
 * A change log with a section for a version in front of the older ones. What stands under `Unreleased` moves into it; the
 * rest of the text stays as it is. A log that has the version already is returned unchanged.
 */
export function withEntry(text: string | null, entry: ChangelogEntry): string {
  const content = text ?? HEADER;
  const eol = content.includes('\r\n') ? '\r\n' : '\n';
  if (headingOf(content, entry.version) !== null) return content;
  const unreleased = headingOf(content, 'Unreleased');
  const first = /^## /m.exec(content)?.index ?? content.length;
  const head = content.slice(0, unreleased?.end ?? first).trimEnd();
  const bodyEnd = unreleased === null ? first : nextHeading(content, unreleased.end);
  const pending = unreleased === null ? '' : content.slice(unreleased.end, bodyEnd).trim();
  const section = [`## [${entry.version}] - ${entry.date}`, sectionText(pending, entry.sections)]
    .filter(Boolean)
    .join('\n\n');
  const tail = content.slice(bodyEnd).trimStart();
  const parts = [head, section.replaceAll(/\r?\n/g, eol), ...(tail === '' ? [] : [tail])];
  return `${parts.join(eol + eol).trimEnd()}${eol}`;
}

function headingOf(content: string, title: string): { readonly end: number } | null {
  const pattern = new RegExp(`^## \\[?${title.replaceAll(/[.+*?^$()|[\]{}\\]/g, '\\$&')}\\]?(?![\\w.]).*$`, 'im');
  const found = pattern.exec(content);
  return found === null ? null : { end: found.index + found[0].length };
}

function nextHeading(content: string, from: number): number {
  const next = content.slice(from).search(/^## /m);
  return next < 0 ? content.length : from + next;
}
