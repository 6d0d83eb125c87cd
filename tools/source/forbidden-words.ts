/** Words that must stand nowhere in the repository or in a package: hosts of public registries and paths of one developer's machine. */

interface ForbiddenWord {
  readonly pattern: RegExp;
  readonly why: string;
}

const host =
  'names the host of a public registry: say "PyPI", "npm" or "the public index", or take it from configuration';
const machine = 'is a path of one machine: make it relative, or take it from configuration';

/** Written in pieces, so that this file passes its own check. */
function word(pieces: readonly string[], why: string): ForbiddenWord {
  return { pattern: new RegExp(pieces.join(''), 'i'), why };
}

const forbiddenWords: readonly ForbiddenWord[] = [
  word(['registry\\.', '(npm', 'js|yarn', 'pkg)\\.'], host),
  word(['\\bpy', 'pi\\.', 'org'], host),
  word(['python', 'hosted\\.', 'org'], host),
  word(['deb', '\\.debian\\.', 'org'], host),
  word(['/wo', 'rk/'], machine),
  word(['(?<![\\w.-])/ro', 'ot/'], machine),
  word(['bash', '_jobs'], machine),
];

export interface Place {
  readonly line: number;
  readonly word: string;
  readonly why: string;
}

/** Every line of `text` that holds a forbidden word; lines count from 1. */
export function findForbiddenWords(text: string): readonly Place[] {
  return text.split('\n').flatMap((line, index) =>
    forbiddenWords.flatMap(({ pattern, why }) => {
      const match = pattern.exec(line);
      return match === null ? [] : [{ line: index + 1, word: match[0], why }];
    }),
  );
}
