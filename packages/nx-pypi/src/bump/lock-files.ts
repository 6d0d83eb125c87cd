import { dirname } from 'node:path/posix';
import type { ReadText } from '@nx-pypi/manifests';
import { normalizeName } from '@nx-pypi/standards';

/** A lock file that contains a bumped package, and the command of its own tool that brings it up to date. */
export interface StaleLock {
  /** Relative to the workspace. */
  readonly file: string;
  /** Its folder. */
  readonly folder: string;
  readonly tool: 'uv' | 'poetry' | 'pdm';
  readonly arguments: readonly string[];
}

export interface LockQuestion {
  /** Manifests that change; workspace-relative. */
  readonly edited: readonly string[];
  /** Normalised names whose version or ranges change. */
  readonly names: readonly string[];
  /** The folders of all packages: lock files lie in them and above them. */
  readonly folders: Iterable<string>;
  readonly readText: ReadText;
}

const TOOLS = [
  { name: 'uv.lock', tool: 'uv' },
  { name: 'poetry.lock', tool: 'poetry' },
  { name: 'pdm.lock', tool: 'pdm' },
] as const;

/** The lock files of the workspace that hold one of `names`, or that belong to an edited manifest. */
export function staleLocks({ edited, names, folders, readText }: LockQuestion): readonly StaleLock[] {
  const owners = new Set(edited.map((path) => dirname(path)));
  const wanted = new Set(names);
  const places = withParents([...folders, ...owners]);
  return places.toSorted().flatMap((folder) =>
    TOOLS.flatMap(({ name, tool }): readonly StaleLock[] => {
      const file = folder === '.' ? name : `${folder}/${name}`;
      const text = readText(file);
      if (text === undefined) return [];
      const held = lockedNames(text).filter((each) => wanted.has(each));
      if (held.length === 0 && !owners.has(folder)) return [];
      return [
        { file, folder, tool, arguments: argumentsOf(tool, { held, text, manifest: manifestOf(folder, readText) }) },
      ];
    }),
  );
}

interface Lock {
  /** Names that change and that it holds. */
  readonly held: readonly string[];
  readonly text: string;
  readonly manifest: string;
}

/**
 * Each tool's command that locks anew and keeps the rest as it is. Sources: uv, "Locking and syncing"; Poetry 2, `poetry
 * lock` (1.x: with `--no-update`); PDM, `pdm lock` and `pdm update`, which alone reads a local package anew and takes none but
 * direct dependencies.
 */
function argumentsOf(tool: StaleLock['tool'], { held, text, manifest }: Lock): readonly string[] {
  switch (tool) {
    case 'uv':
      return ['lock'];
    case 'poetry':
      return /by Poetry 1\./.test(text.slice(0, 200)) ? ['lock', '--no-update'] : ['lock'];
    case 'pdm': {
      const direct = held.filter((name) => mentions(manifest, name));
      return direct.length === 0
        ? ['lock', '--update-reuse']
        : ['update', '--no-sync', '--update-reuse', ...direct.toSorted()];
    }
  }
}

/** All three write `name = "…"`, normalised, for every package. */
function lockedNames(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/^name = "([^"\r\n]+)"/gm), ([, name = '']) => normalizeName(name)))];
}

function manifestOf(folder: string, readText: ReadText): string {
  return readText(folder === '.' ? 'pyproject.toml' : `${folder}/pyproject.toml`) ?? '';
}

function mentions(manifest: string, name: string): boolean {
  const spelling = name.replaceAll('-', '[-_.]+');
  return new RegExp(`(?<![\\w.-])${spelling}(?![\\w.-])`, 'i').test(manifest);
}

function withParents(folders: readonly string[]): readonly string[] {
  const all = new Set<string>(['.']);
  for (const folder of folders)
    for (let at = folder; at !== '.' && at !== '/' && !all.has(at); at = dirname(at)) all.add(at);
  return [...all];
}

/** Whether a workspace file is one of those that are kept up to date. */
export function isLockFile(path: string): boolean {
  return TOOLS.some(({ name }) => path === name || path.endsWith(`/${name}`));
}

/** As a person would type it at the top of the workspace. */
export function lockCommand({ folder, tool, arguments: words }: StaleLock): string {
  const command = [tool, ...words].join(' ');
  return folder === '.' ? command : `(cd ${folder} && ${command})`;
}
