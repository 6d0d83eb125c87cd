import type { Problem, ReadText } from '../model.ts';
import type { Declarations, ManifestPlace } from '../pyproject/requirement-declaration.ts';
import { joined } from '../pyproject/requirement-declaration.ts';
import type { TomlTable } from '../toml/query.ts';
import { tableAt, textsAt, valueAt } from '../toml/query.ts';
import { readBuildSystem } from '../pyproject/build-system.ts';
import type { Facts } from '../setup-cfg/facts.ts';
import { legacyFacts } from './legacy-facts.ts';
import { readRequirementFiles } from './requirement-files.ts';

interface Manifest {
  readonly table: TomlTable;
  readonly file: string;
  readonly place: ManifestPlace;
  readonly readText: ReadText;
}

/** Dependencies listed in `project.dynamic`: setuptools' requirement files are read, what a backend computes is a problem of these alone. */
export function dynamicDependencies(manifest: Manifest): Declarations {
  const dynamic = textsAt(manifest.table, 'project', 'dynamic');
  const parts: Declarations[] = [];
  if (dynamic.includes('dependencies')) {
    parts.push(runtime(manifest));
  }
  if (dynamic.includes('optional-dependencies')) {
    parts.push(optional(manifest));
  }
  return joined(parts);
}

function runtime(manifest: Manifest): Declarations {
  const files = requirementFiles(manifest.table, ['dependencies']);
  return files === null
    ? (legacy(manifest)?.runtime ?? computed(manifest.file, 'dependencies'))
    : readRequirementFiles(files, { ...manifest.place, kind: 'runtime', group: null }, manifest);
}

function optional(manifest: Manifest): Declarations {
  const groups = tableAt(manifest.table, 'tool', 'setuptools', 'dynamic', 'optional-dependencies');
  if (groups === null) {
    return legacy(manifest)?.extras ?? computed(manifest.file, 'optional-dependencies');
  }
  return joined(
    Object.keys(groups).map((group) => {
      const files = requirementFiles(manifest.table, ['optional-dependencies', group]) ?? [];
      return readRequirementFiles(files, { ...manifest.place, kind: 'extra', group }, manifest);
    }),
  );
}

/** setuptools takes what `[tool.setuptools.dynamic]` leaves open from setup.cfg and setup.py. */
function legacy({ table, place, readText }: Manifest): Facts | null {
  const { backend } = readBuildSystem(table);
  return backend.startsWith('setuptools') ? legacyFacts(place.folder, readText) : null;
}

/** setuptools, "Dynamic Metadata": `{ file = "requirements.txt" }` or a list of files. */
function requirementFiles(table: TomlTable, keys: readonly string[]): readonly string[] | null {
  const path = ['tool', 'setuptools', 'dynamic', ...keys, 'file'];
  const file = valueAt(table, ...path);
  if (typeof file === 'string') {
    return [file];
  }
  return Array.isArray(file) ? textsAt(table, ...path) : null;
}

function computed(file: string, field: string): Declarations {
  const problem: Problem = {
    code: 'NXPYPI_DYNAMIC_DEPENDENCIES',
    message: `${file} leaves its ${field} to its build backend, so they cannot be read without building.`,
    hint: `Write project.${field} in the file if packages of this workspace are among them.`,
    where: file,
  };
  return { declarations: [], problems: [problem] };
}
