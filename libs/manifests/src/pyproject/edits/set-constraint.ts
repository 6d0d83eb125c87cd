import { replaceSpan } from '../../edits/replace-span.ts';
import { withSpecifier } from '../../edits/with-specifier.ts';
import { setPoetryConstraint } from '../../poetry/set-constraint.ts';
import type { Declaration, EditResult, Problem, ReadText } from '../../model.ts';
import { readToml } from '../../toml/read-toml.ts';
import { notFound, replaceString } from '../../toml/replace-string.ts';
import { valueAtKeys } from '../../toml/value-at-keys.ts';

/** Makes one declaration ship `specifier`: in a PEP 508 string, in Poetry's forms, or in a requirement file. */
export function setConstraint(declaration: Declaration, specifier: string, readText: ReadText): EditResult {
  const { spot } = declaration;
  const content = readText(spot.file);
  const reading = content === undefined || spot.kind === 'span' ? null : readToml(content);
  if (spot.kind === 'span') {
    const text = rewritten(declaration, specifier);
    return text === null ? { kind: 'problem', problem: unwritable(declaration) } : replaceSpan(spot, content, text);
  }
  if (spot.kind === 'cfg' || content === undefined || reading?.kind !== 'toml') {
    return {
      kind: 'problem',
      problem: notFound(spot.file, spot.kind === 'toml' ? spot.keys : [spot.section, spot.option]),
    };
  }
  const { file, keys } = spot;
  if (isPoetrySpot(keys)) {
    return setPoetryConstraint({ file, content, keys, table: reading.table }, specifier);
  }
  const text = rewritten(declaration, specifier);
  if (text === null) {
    return { kind: 'problem', problem: unwritable(declaration) };
  }
  return valueAtKeys(reading.table, keys) === declaration.written
    ? replaceString(file, content, keys, text)
    : { kind: 'problem', problem: notFound(file, keys) };
}

function isPoetrySpot(keys: readonly (string | number)[]): boolean {
  return keys[0] === 'tool' && keys[1] === 'poetry';
}

/** PDM's `-e file:///…#egg=name` has no place for a range: it becomes a requirement. */
function rewritten({ written, name, extras }: Declaration, specifier: string): string | null {
  return /^(?:-e|--editable)\b/.test(written)
    ? `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}${specifier}`
    : withSpecifier(written, specifier);
}

function unwritable({ written, spot }: Declaration): Problem {
  return {
    code: 'NXPYPI_BAD_REQUIREMENT',
    message: `'${written}' in ${spot.file} is no requirement that could be given a range.`,
    hint: 'Write it as `name[extra] >=1,<2 ; marker` (PEP 508).',
    where: spot.file,
  };
}
