import { list } from '../values.ts';
import { length, shaped, toBoolean, toDictionary, toList, toText } from './known/builtins.ts';
import type { KnownFunction } from './known/known-function.ts';
import { asPath, exists, joinPaths, lastName, openFile, parent } from './known/paths.ts';
import { compilePattern, regularExpression } from './known/patterns.ts';
import { environmentVariable, literalEval, loadSource, parseJson, parseRequirements, runPath } from './known/texts.ts';
import { findAll, search } from './regular-expressions.ts';

const first: KnownFunction = (given) => given.positional[0] ?? null;

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
    'imp.load_source': loadSource,
    'importlib.util.spec_from_file_location': loadSource,
    'importlib.machinery.SourceFileLoader': loadSource,
    'importlib.util.module_from_spec': first,
    'os.environ.get': environmentVariable,
    'os.getenv': environmentVariable,
    'json.load': parseJson,
    'json.loads': parseJson,
    'os.path.basename': lastName,

    compile: first,
    'pkg_resources.parse_requirements': parseRequirements,
    'setuptools.convert_path': first,
    'distutils.util.convert_path': first,
    'os.fsdecode': first,
  }),
);
