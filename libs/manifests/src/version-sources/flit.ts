import { fileIn } from '../pyproject/paths.ts';
import { textAt } from '../toml/query.ts';
import type { FoundVersion, VersionContext } from './found-version.ts';
import { fromPythonFile } from './python-file.ts';

/** flit_core/common.py, `version_files`: files of a package that may hold `__version__`; the first here wins. */
const PACKAGE_FILES = ['__init__.py', 'version.py', '_version.py', '__version__.py'];

/** `__version__` of the module that flit packages (flit, "tool.flit.module"). */
export function flitVersion(context: VersionContext): FoundVersion {
  const module = textAt(context.table, 'tool', 'flit', 'module', 'name') ?? context.name.replaceAll('-', '_');
  const path = module.replaceAll('.', '/');
  const candidates = ['.', 'src'].flatMap((parent) => [
    ...PACKAGE_FILES.map((file) => fileIn(context.folder, `${parent}/${path}/${file}`)),
    fileIn(context.folder, `${parent}/${path}.py`),
  ]);
  return fromPythonFile(context, { source: 'flit', candidates, name: '__version__' });
}
