import { parsePython, unwrapped } from '../../syntax.ts';
import { list, NONE, string } from '../../values.ts';
import { readStringLiteral } from '../../string-literal.ts';
import { fileText } from '../files.ts';
import { lines } from '../strings.ts';
import type { KnownFunction } from './known-function.ts';
import { pathOf } from './paths.ts';

/** `ast.literal_eval` of a text that is one string literal. */
export const literalEval: KnownFunction = (given) => {
  const [text] = given.positional;
  if (text?.kind !== 'string') return null;
  const document = parsePython('', text.text.trimEnd());
  const statement = document.root.firstChild;
  const expression = statement?.name === 'ExpressionStatement' ? statement.firstChild : null;
  const node = expression === null || expression === undefined ? null : unwrapped(expression);
  const literal = node?.name === 'String' ? readStringLiteral(document, node) : null;
  if (literal === null || statement?.nextSibling !== null) return null;
  const { origin } = text;
  const span = literal.verbatim && origin !== null;
  return string(
    literal.value,
    span ? { file: origin.file, start: origin.start + literal.start, end: origin.start + literal.end } : null,
  );
};

export const runPath: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0], frame);
  return path === null ? null : { kind: 'dict', entries: new Map(), rest: null, executed: [path] };
};

/** Ways to load a file as a module: `(name, path)`. */
export const loadSource: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[1] ?? given.keywords.get('location') ?? given.keywords.get('path'), frame);
  return path === null ? null : { kind: 'module', path };
};

export const parseRequirements: KnownFunction = (given) => {
  const [text] = given.positional;
  return text?.kind === 'string' ? list(lines(text)) : null;
};

/** Variables that any environment has. */
const SET_EVERYWHERE = new Set(['PATH', 'HOME', 'PWD', 'USER', 'LANG', 'TMPDIR']);

/** Builds get a scrubbed environment (rule H2): other variables count as unset. */
export const environmentVariable: KnownFunction = (given) => {
  const [name, otherwise] = given.positional;
  return name?.kind === 'string' && !SET_EVERYWHERE.has(name.text) ? (otherwise ?? NONE) : null;
};

/** JSON is read as a Python literal, so that its strings keep their places. */
export const parseJson: KnownFunction = (given, place) => {
  const [value] = given.positional;
  const text = value?.kind === 'file' ? fileText(value.path, place.node, place.frame) : value;
  if (text?.kind !== 'string') return text ?? null;
  const { origin } = text;
  const isWhole = origin?.start === 0 && !text.text.includes('\\/');
  const document = parsePython(isWhole ? origin.file : '', text.text);
  const statement = document.root.firstChild;
  if (!isWhole || statement?.name !== 'ExpressionStatement' || statement.firstChild === null) return null;
  return place.frame.evaluate(statement.firstChild, { ...place.frame, document });
};
