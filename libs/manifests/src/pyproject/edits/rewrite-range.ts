import type { EditResult, ManifestChange, ReadText } from '../../model.ts';
import { setConstraint } from './set-constraint.ts';
import { readToml } from '../../toml/read-toml.ts';
import { notFound, replaceString } from '../../toml/replace-string.ts';
import { valueAtKeys } from '../../toml/value-at-keys.ts';

type RangeChange = Extract<ManifestChange, { readonly kind: 'rewrite-range' }>;

/**
 * Replaces the range of a declaration and nothing beside it: in Poetry's tables the string or `version`, so that sources,
 * extras and markers stay; in PEP 508 strings the specifiers.
 */
export function rewriteRange({ declaration, specifier, written }: RangeChange, readText: ReadText): EditResult {
  const { spot } = declaration;
  if (spot.kind !== 'toml' || spot.keys[0] !== 'tool' || spot.keys[1] !== 'poetry') {
    return setConstraint(declaration, specifier, readText);
  }
  const content = readText(spot.file);
  const reading = content === undefined ? null : readToml(content);
  if (content === undefined || reading?.kind !== 'toml') {
    return { kind: 'problem', problem: notFound(spot.file, spot.keys) };
  }
  const isText = typeof valueAtKeys(reading.table, spot.keys) === 'string';
  return replaceString(spot.file, content, isText ? spot.keys : [...spot.keys, 'version'], written);
}
