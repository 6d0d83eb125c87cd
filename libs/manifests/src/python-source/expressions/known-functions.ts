import { dirname, join, normalize } from 'node:path/posix';

import type { SyntaxNode } from '@lezer/common';

import type { Arguments } from './arguments.ts';
import { asText } from './format.ts';
import { readWorkspaceFile } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { findAll, search, translatePattern } from './regular-expressions.ts';
import { readStringLiteral } from '../string-literal.ts';
import { lines } from './strings.ts';
import { parsePython, unwrapped } from '../syntax.ts';
import { boolean, dict, list, number, string, truth } from '../values.ts';
import type { StringValue, Value } from '../values.ts';

export interface CallPlace {
  readonly node: SyntaxNode;
  readonly frame: Frame;
}

/** Gives null where the arguments are not understood. */
type KnownFunction = (given: Arguments, place: CallPlace) => Value | null;

const first: KnownFunction = (given) => given.positional[0] ?? null;

/** Where a string or path leads from the folder in which setup.py runs. */
export function pathOf(value: Value | undefined, frame: Frame): string | null {
  if (value?.kind === 'path') return normalize(value.path);
  return value?.kind === 'string' && value.text !== '' ? join(frame.world.folder, value.text) : null;
}

const openFile: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0] ?? given.keywords.get('file'), frame);
  return path === null ? null : { kind: 'file', path };
};

const asPath: KnownFunction = (given, { frame }) => {
  const path = given.positional.length === 0 ? frame.world.folder : pathOf(given.positional[0], frame);
  return path === null ? null : { kind: 'path', path: joinAll(path, given.positional.slice(1)) ?? path };
};

const joinPaths: KnownFunction = (given) => {
  const [base, ...parts] = given.positional;
  if (base?.kind === 'path') {
    const path = joinAll(base.path, parts);
    return path === null ? null : { kind: 'path', path };
  }
  if (base?.kind !== 'string') return null;
  const path = joinAll(base.text, parts);
  return path === null ? null : string(path);
};

function joinAll(base: string, parts: readonly Value[]): string | null {
  const texts = parts.map((part) => (part.kind === 'string' ? part.text : null));
  return texts.includes(null) ? null : join(base, ...texts.filter((text) => text !== null));
}

const parent: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'path') return { kind: 'path', path: dirname(value.path) };
  return value?.kind === 'string' ? string(value.text.includes('/') ? dirname(value.text) : '') : null;
};

const exists: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0], frame);
  if (path === null) return null;
  if (readWorkspaceFile(frame.world, path) !== undefined) return boolean(true);
  return /\.\w+$/.test(path) ? boolean(false) : null;
};

const toText: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'string' || value?.kind === 'path') return value;
  const text = value === undefined ? '' : asText(value);
  return text === null ? null : string(text);
};

const toList: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value === undefined) return list([]);
  if (value.kind === 'list') return { ...value, shape: 'list' };
  return value.kind === 'dict' && value.rest === null
    ? list([...value.entries.keys()].map((key) => string(key)))
    : null;
};

const toDictionary: KnownFunction = (given) => {
  const [value] = given.positional;
  const entries = value?.kind === 'dict' ? value.entries : new Map<string, Value>();
  if (value !== undefined && value.kind !== 'dict') return null;
  return dict(new Map([...entries, ...given.keywords]), given.rest);
};

const length: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'string') return number(value.text.length);
  return value?.kind === 'list' && value.rest === null ? number(value.items.length) : null;
};

const toBoolean: KnownFunction = (given) => {
  const decided = given.positional[0] === undefined ? null : truth(given.positional[0]);
  return decided === null ? null : boolean(decided);
};

/** `ast.literal_eval` of a text that is one string literal. */
const literalEval: KnownFunction = (given) => {
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

const runPath: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0], frame);
  return path === null ? null : { kind: 'dict', entries: new Map(), rest: null, executed: [path] };
};

/** `re.search(pattern, text, flags)` and its like; `pattern` may be compiled. */
function regularExpression(use: (pattern: RegExp, text: StringValue) => Value): KnownFunction {
  return (given) => {
    const [pattern, text] = given.positional;
    const flags = flagsOf(given.positional[2] ?? given.keywords.get('flags'));
    if (text?.kind !== 'string' || flags === null) return null;
    const source =
      pattern?.kind === 'pattern' ? pattern : pattern?.kind === 'string' ? { source: pattern.text, flags } : null;
    const translated = source === null ? null : translatePattern(source.source, source.flags);
    return translated === null ? null : use(translated, text);
  };
}

const compilePattern: KnownFunction = (given) => {
  const [pattern, flag] = given.positional;
  const flags = flagsOf(flag ?? given.keywords.get('flags'));
  return pattern?.kind === 'string' && flags !== null ? { kind: 'pattern', source: pattern.text, flags } : null;
};

const FLAGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    're.M': 'm',
    're.MULTILINE': 'm',
    're.I': 'i',
    're.IGNORECASE': 'i',
    're.S': 's',
    're.DOTALL': 's',
    're.U': 'u',
    're.UNICODE': 'u',
    're.X': 'x',
    're.VERBOSE': 'x',
  }),
);

function flagsOf(value: Value | undefined): string | null {
  if (value === undefined) return '';
  return value.kind === 'known' ? (FLAGS.get(value.name) ?? null) : null;
}

const parseRequirements: KnownFunction = (given) => {
  const [text] = given.positional;
  return text?.kind === 'string' ? list(lines(text)) : null;
};

/** The functions of others that are understood, by dotted name. */
export const KNOWN_FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map(
  Object.entries<KnownFunction>({
    open: openFile,
    'io.open': openFile,
    'codecs.open': openFile,
    'os.path.join': joinPaths,
    'os.path.dirname': parent,
    'os.path.abspath': asPath,
    'os.path.realpath': asPath,
    'os.path.normpath': asPath,
    'os.path.exists': exists,
    'os.path.isfile': exists,
    'os.getcwd': (_, { frame }) => ({ kind: 'path', path: frame.world.folder }),
    'os.chdir': () => ({ kind: 'none' }),
    'pathlib.Path': asPath,
    'pathlib.PurePath': asPath,
    str: toText,
    'os.fspath': toText,
    unicode: toText,
    list: toList,
    tuple: (given, place) => shaped(toList(given, place), 'tuple'),
    set: (given, place) => shaped(toList(given, place), 'set'),
    sorted: (given, place) => toList(given, place),
    dict: toDictionary,
    len: length,
    bool: toBoolean,
    print: () => ({ kind: 'none' }),
    're.search': regularExpression((pattern, text) => search(pattern, text, false)),
    're.match': regularExpression((pattern, text) => search(pattern, text, true)),
    're.findall': regularExpression((pattern, text) => list(findAll(pattern, text))),
    're.compile': compilePattern,
    'ast.literal_eval': literalEval,
    'runpy.run_path': runPath,
    compile: first,
    'pkg_resources.parse_requirements': parseRequirements,
    'setuptools.convert_path': first,
    'distutils.util.convert_path': first,
    'os.fsdecode': first,
  }),
);

function shaped(value: Value | null, shape: 'tuple' | 'set'): Value | null {
  return value?.kind === 'list' ? { ...value, shape } : value;
}
