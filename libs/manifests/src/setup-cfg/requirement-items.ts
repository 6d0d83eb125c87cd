import type { Problem, ReadText, Spot } from '../model.ts';
import { fileIn } from '../pyproject/paths.ts';
import { collected, readDeclaration } from '../pyproject/requirement-declaration.ts';
import type { DeclarationReading, Declarations, ManifestPlace, Place } from '../pyproject/requirement-declaration.ts';

/** A requirement as it stands somewhere. */
export interface RequirementItem {
  readonly text: string;
  readonly spot: Spot;
}

/** Reads PEP 508 texts; `marker` is what an old-style extra `name:marker` adds to each of them. */
export function readItems(items: readonly RequirementItem[], place: Place, marker: string | null = null): Declarations {
  return collected(items.filter(({ text }) => !text.startsWith('#')).map((item) => readItem(item, place, marker)));
}

function readItem({ text, spot }: RequirementItem, place: Place, marker: string | null): DeclarationReading {
  const reading = readDeclaration(text, spot, place);
  if (reading.kind === 'problem' || marker === null) return reading;
  const own = reading.declaration.marker;
  return {
    kind: 'declaration',
    declaration: { ...reading.declaration, marker: own === null ? marker : `(${own}) and (${marker})` },
  };
}

/** An extra's key as setuptools understands it: `name`, `name:marker` or `:marker` (setuptools, "Optional dependencies"). */
export function extraPlace(key: string, place: ManifestPlace): { place: Place; marker: string | null } {
  const at = key.indexOf(':');
  const group = (at === -1 ? key : key.slice(0, at)).trim();
  const marker = at === -1 ? '' : key.slice(at + 1).trim();
  const kind = group === '' ? 'runtime' : 'extra';
  return { place: { ...place, kind, group: group === '' ? null : group }, marker: marker === '' ? null : marker };
}

/** The requirements that a file lists one a line, without comments and pip options; null where it cannot be read. */
export function fileItems(path: string, folder: string, readText: ReadText): readonly RequirementItem[] | null {
  const file = fileIn(folder, path);
  const content = readText(file);
  if (content === undefined) return null;
  const items: RequirementItem[] = [];
  for (const match of content.matchAll(/^[^\S\r\n\uFEFF]*\uFEFF?([^\s#\uFEFF-](?:[^\r\n#]|(?<!\s)#)*)/gm)) {
    const text = (match[1] ?? '').trimEnd();
    const start = match.index + match[0].length - (match[1] ?? '').length;
    items.push({ text, spot: { kind: 'span', file, start, end: start + text.length, text } });
  }
  return items;
}

export function missingFile(path: string, manifest: string, line: number): Problem {
  return {
    code: 'NXPYPI_REQUIREMENT_FILE_MISSING',
    message: `${manifest} takes dependencies from '${path}', which does not exist or is not UTF-8.`,
    hint: 'Add the file, or write the dependencies in the manifest.',
    where: `${manifest}:${String(line)}`,
  };
}
