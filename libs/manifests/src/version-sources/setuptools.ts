import { fileIn } from '../pyproject/paths.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textAt, textsAt, valueAt } from '../toml/query.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { atSpan, fromScm, unreadable } from './found-version.ts';
import { fromPythonFile } from './python-file.ts';
import { pretendVariable, requires } from './scm.ts';

/** `[tool.setuptools.dynamic] version` (setuptools, "Dynamic Metadata"), or setuptools-scm. Null where neither is declared. */
export function setuptoolsVersion(context: VersionContext): FoundVersion | null {
  const dynamic = tableAt(context.table, 'tool', 'setuptools', 'dynamic', 'version');
  const attribute = dynamic === null ? null : textAt(dynamic, 'attr');
  if (attribute !== null) {
    return fromAttribute(context, attribute);
  }
  const file = dynamic === null ? undefined : valueAt(dynamic, 'file');
  if (file !== undefined) {
    return fromWholeFile(context, typeof file === 'string' ? [file] : textsAt(dynamic ?? {}, 'file'));
  }
  const usesScm =
    ['setuptools_scm', 'setuptools-scm'].some((key) => tableAt(context.table, 'tool', key) !== null) ||
    requires(context.buildRequires, 'setuptools-scm');
  return usesScm ? fromScm('setuptools-scm', pretendVariable(context.name)) : null;
}

function fromAttribute(context: VersionContext, attribute: string): FoundVersion {
  const parts = attribute.trim().split('.');
  const name = parts.pop() ?? '';
  const candidates = modulePaths(context.table, parts).flatMap((path) =>
    [`${path}.py`, `${path}/__init__.py`].map((file) => fileIn(context.folder, file)),
  );
  return fromPythonFile(context, { source: 'setuptools attr', candidates: [...new Set(candidates)], name });
}

/** Where a module may lie: `package-dir` (setuptools, config/expand.py), `packages.find.where`, then the flat and the src layout. */
function modulePaths(table: TomlTable, parts: readonly string[]): readonly string[] {
  const [top = '__init__', ...below] = parts;
  const directories = tableAt(table, 'tool', 'setuptools', 'package-dir') ?? {};
  const mapped = textAt(directories, top);
  const root = textAt(directories, '');
  const parents = [
    ...(root === null ? [] : [root]),
    ...textsAt(table, 'tool', 'setuptools', 'packages', 'find', 'where'),
    '.',
    'src',
  ];
  return [
    ...(mapped === null ? [] : [[mapped, ...below].join('/')]),
    ...parents.map((parent) => [parent, top, ...below].join('/')),
  ];
}

function fromWholeFile(context: VersionContext, paths: readonly string[]): FoundVersion {
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    return unreadable('setuptools file: the version is put together from several files');
  }
  const file = fileIn(context.folder, path);
  const content = context.readText(file);
  if (content === undefined) {
    return unreadable(`setuptools file names ${file}, which does not exist or is not UTF-8`, [file]);
  }
  const text = content.replace(/^\uFEFF/, '').trim();
  const start = content.indexOf(text);
  return text === ''
    ? unreadable(`setuptools file names ${file}, which is empty`, [file])
    : atSpan('setuptools file', file, { text, start, end: start + text.length });
}
