import { posix } from 'node:path';
import { findForbiddenWords } from './forbidden-words.ts';
import type { SourceFile, Violation } from './repository.ts';

const emptyNames = /^(utils?|helpers?|common|types|misc)$/;
const longestSource = 220;

/** A file's name says its idea; a source file fits in a reader's head. */
export function checkFiles(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap((file) => (file.path.endsWith('.ts') ? [...emptyName(file), ...length(file)] : []));
}

function emptyName({ path }: SourceFile): readonly Violation[] {
  const empty = path
    .replace(/\.ts$/, '')
    .split('/')
    .find((part) => emptyNames.test(part.replace(/\.(test|config|d)$/, '')));
  return empty === undefined ? [] : [{ where: path, message: `is called ${empty}, which names no idea` }];
}

function length({ path, text }: SourceFile): readonly Violation[] {
  const isSource = /^(libs|packages)\/[^/]+\/src\/|^tools\//.test(path);
  const lines = text.split('\n').length - 1;
  if (!isSource || lines <= longestSource) return [];
  return [
    {
      where: path,
      message: `has ${lines} lines, more than ${longestSource}: ${posix.basename(path)} holds more than one idea`,
    },
  ];
}

/** The repository stands alone: it names no host of a public registry and no path of a developer's machine. */
export function checkWords(files: readonly SourceFile[]): readonly Violation[] {
  return files.flatMap(({ path, text }) =>
    findForbiddenWords(text).map(({ line, word, why }) => ({ where: `${path}:${line}`, message: `${word} ${why}` })),
  );
}
