import { replaceSpan } from '../../edits/replace-span.ts';
import { withSpecifier } from '../../edits/with-specifier.ts';
import { setPoetryConstraint } from '../../poetry/set-constraint.ts';
import type { Declaration, EditResult, Problem, ReadText, Spot } from '../../model.ts';
import { pythonLiteral } from '../../python-source/string-literal.ts';
import { replaceItem } from '../../setup-cfg/edits/replace-item.ts';
import { readToml } from '../../toml/read-toml.ts';
import { notFound, replaceString } from '../../toml/replace-string.ts';
import { valueAtKeys } from '../../toml/value-at-keys.ts';

/** Makes one declaration ship `specifier`: in a PEP 508 string, in Poetry's forms, in setup.cfg, setup.py or a requirement file. */
export function setConstraint(declaration: Declaration, specifier: string, readText: ReadText): EditResult {
  const { spot, written } = declaration;
  if (spot.kind === 'toml') {
    return inToml({ ...declaration, spot }, specifier, readText);
  }
  const now = withSpecifier(written, specifier);
  if (now === null || (spot.kind === 'span' && spot.text === '')) {
    return { kind: 'problem', problem: unwritable(declaration) };
  }
  return spot.kind === 'cfg'
    ? replaceItem(spot, { was: written, now }, readText)
    : replaceSpan(spot, readText(spot.file), spot.text === written ? now : pythonLiteral(now));
}

type TomlDeclaration = Declaration & { readonly spot: Extract<Spot, { readonly kind: 'toml' }> };

function inToml(declaration: TomlDeclaration, specifier: string, readText: ReadText): EditResult {
  const { file, keys } = declaration.spot;
  const content = readText(file);
  const reading = content === undefined ? null : readToml(content);
  if (content === undefined || reading?.kind !== 'toml') {
    return { kind: 'problem', problem: notFound(file, keys) };
  }
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
