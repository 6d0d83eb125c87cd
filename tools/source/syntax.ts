/** What a source file imports and names, read with the bundler's own parser (oxc), for TypeScript, declarations and JavaScript. */
import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

type ImportKind = 'static' | 'type' | 'dynamic' | 'side-effect';

export interface Import {
  readonly specifier: string;
  readonly kind: ImportKind;
  readonly line: number;
}

export interface Syntax {
  readonly imports: readonly Import[];
  /** Identifiers outside of property and label positions: everything that could be a reference to a global, with its first line. */
  readonly names: ReadonlyMap<string, number>;
  /** Parse errors; a file that has any proves nothing about its imports. */
  readonly errors: readonly string[];
}

/** `path` decides the dialect by its ending: `.ts`, `.d.ts`, `.js`. */
export function readSyntax(path: string, text: string): Syntax {
  const { program, errors } = parseSync(path, text, { sourceType: 'module' });
  const lineOf = lineIndex(text);
  return {
    imports: readImports(program, lineOf),
    names: readNames(program, lineOf),
    errors: errors.map((error) => error.message),
  };
}

function readImports(program: ESTree.Program, lineOf: (offset: number) => number): readonly Import[] {
  const found: Import[] = [];
  const add = (source: ESTree.Node | null, kind: ImportKind): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    found.push({ specifier: source.value, kind, line: lineOf(source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, importKind(node)),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'static'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type' ? 'type' : 'static'),
    ImportExpression: (node) => add(node.source, 'dynamic'),
    TSImportType: (node) => add(node.source, 'type'),
    TSExternalModuleReference: (node) => add(node.expression, 'static'),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require')
        add(node.arguments[0] ?? null, 'dynamic');
    },
  }).visit(program);
  return found;
}

function importKind(node: ESTree.ImportDeclaration): ImportKind {
  if (node.importKind === 'type') return 'type';
  if (node.specifiers.length === 0) return 'side-effect';
  const typeOnly = node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
  return typeOnly ? 'type' : 'static';
}

function readNames(program: ESTree.Program, lineOf: (offset: number) => number): ReadonlyMap<string, number> {
  const ignored = new Set<object>();
  const names = new Map<string, number>();
  const ignoreKey = (node: { readonly computed?: boolean; readonly key: object }): void => {
    if (node.computed !== true) ignored.add(node.key);
  };
  new Visitor({
    MemberExpression: (node) => {
      if (!node.computed) ignored.add(node.property);
    },
    Property: ignoreKey,
    PropertyDefinition: ignoreKey,
    AccessorProperty: ignoreKey,
    MethodDefinition: ignoreKey,
    TSPropertySignature: ignoreKey,
    TSMethodSignature: ignoreKey,
    TSAbstractMethodDefinition: ignoreKey,
    TSAbstractPropertyDefinition: ignoreKey,
    TSQualifiedName: (node) => ignored.add(node.right),
    TSNamedTupleMember: (node) => ignored.add(node.label),
    ImportSpecifier: (node) => ignored.add(node.imported),
    ExportSpecifier: (node) => ignored.add(node.exported),
    MetaProperty: (node) => ignored.add(node.meta).add(node.property),
    Identifier: (node) => {
      if (!ignored.has(node) && !names.has(node.name)) names.set(node.name, lineOf(node.start));
    },
  }).visit(program);
  return names;
}

/** Line numbers count from 1. */
function lineIndex(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
