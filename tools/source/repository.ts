/** The repository as values: its files and its npm packages. Rules over it are pure (the other files of this folder). */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface WorkspacePackage {
  readonly name: string;
  /** Relative to the root; the root package's own folder is `.`. */
  readonly folder: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** Folders that its tsconfig.json refers to, relative to the root. */
  readonly references: readonly string[];
}

export interface Repository {
  readonly files: readonly SourceFile[];
  readonly packages: readonly WorkspacePackage[];
}

/** A broken rule: where, and one sentence that says which. */
export interface Violation {
  readonly where: string;
  readonly message: string;
}

/** Files that git tracks or would track; binary files and files deleted but not yet committed are left out. */
export function readRepository(root: string): Repository {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = [...new Set(listed.split('\0'))].filter((path) => path !== '').flatMap((path) => readText(root, path));
  return { files, packages: readPackages(files) };
}

function readText(root: string, path: string): readonly SourceFile[] {
  try {
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  } catch {
    return [];
  }
}

/** The root package and every npm workspace: the folders directly under `libs` and `packages`. */
export function readPackages(files: readonly SourceFile[]): readonly WorkspacePackage[] {
  const byPath = new Map(files.map((file) => [file.path, file.text]));
  return files.flatMap(({ path, text }) => {
    const folder = /^(?:((?:libs|packages)\/[^/]+)\/)?package\.json$/.exec(path);
    if (folder === null) return [];
    const at = folder[1] ?? '.';
    return [describePackage(at, text, byPath.get(`${at}/tsconfig.json`))];
  });
}

interface ManifestText {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface ProjectText {
  readonly references?: readonly { readonly path: string }[];
}

function describePackage(folder: string, manifestText: string, projectText: string | undefined): WorkspacePackage {
  const manifest = JSON.parse(manifestText) as ManifestText;
  const project = JSON.parse(projectText ?? '{}') as ProjectText;
  return {
    name: manifest.name,
    folder,
    dependencies: manifest.dependencies ?? {},
    devDependencies: manifest.devDependencies ?? {},
    peerDependencies: manifest.peerDependencies ?? {},
    references: (project.references ?? []).map((reference) => join(folder, reference.path)),
  };
}
