import type { Problem, ReadText } from '../model.ts';
import { fileIn } from '../pyproject/paths.ts';
import type { DeclarationReading, Declarations, Place } from '../pyproject/requirement-declaration.ts';
import { collected, joined, readDeclaration } from '../pyproject/requirement-declaration.ts';

/** Requirement lines of files that setuptools reads into metadata: one PEP 508 string a line, `#` comments, no pip options. */
export function readRequirementFiles(
  paths: readonly string[],
  place: Place,
  manifest: { readonly file: string; readonly readText: ReadText },
): Declarations {
  return joined(
    paths.map((path) => {
      const file = fileIn(place.folder, path);
      const content = manifest.readText(file);
      return content === undefined
        ? { declarations: [], problems: [missing(file, manifest.file)] }
        : collected(linesOf(file, content, place));
    }),
  );
}

function linesOf(file: string, content: string, place: Place): readonly DeclarationReading[] {
  const readings: DeclarationReading[] = [];
  for (const match of content.matchAll(/^[^\S\r\n]*([^\s#-](?:[^\r\n#]|(?<!\s)#)*)/gm)) {
    const text = (match[1] ?? '').trimEnd();
    const start = match.index + match[0].length - (match[1] ?? '').length;
    readings.push(readDeclaration(text, { kind: 'span', file, start, end: start + text.length, text }, place));
  }
  return readings;
}

function missing(file: string, manifest: string): Problem {
  return {
    code: 'NXPYPI_REQUIREMENT_FILE_MISSING',
    message: `${manifest} takes dependencies from ${file}, which does not exist or is not UTF-8.`,
    hint: 'Add the file, or take it out of [tool.setuptools.dynamic].',
    where: manifest,
  };
}
