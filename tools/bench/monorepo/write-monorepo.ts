import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PackageSpec, pythonWorkspace } from '@nx-pypi/testkit';
import { toolTables } from './tool-tables.ts';

/** What Nx needs beside the Python files. */
export interface NxFiles {
  /** The content of nx.json. */
  readonly nxJson: object;
  /** Adds a project.json per package: @nxlv/python finds no packages by itself. */
  readonly projectFiles: boolean;
}

/** Writes the monorepo to `root`, emptied first, as a git repository with one commit. */
export function writeMonorepo(root: string, packages: readonly PackageSpec[], { nxJson, projectFiles }: NxFiles): void {
  rmSync(root, { recursive: true, force: true });
  const files: Record<string, string> = {
    ...pythonFiles(packages),
    'nx.json': JSON.stringify(nxJson),
    'package.json': JSON.stringify({ name: 'bench', private: true }),
    '.gitignore': 'node_modules\n.nx\n',
  };
  for (const { name } of projectFiles ? packages : []) {
    files[`packages/${name}/project.json`] = JSON.stringify({ name, root: `packages/${name}` });
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
  git(root, ['init', '--quiet', '--initial-branch=main']);
  git(root, ['add', '--all']);
  git(root, [...identity, 'commit', '--quiet', '--message=Generated']);
}

/** The files of the packages by path, with manifests of a realistic size. */
export function pythonFiles(packages: readonly PackageSpec[]): Readonly<Record<string, string>> {
  const files = { ...pythonWorkspace(packages) };
  for (const { name } of packages) files[`packages/${name}/pyproject.toml`] += toolTables;
  return files;
}

function git(cwd: string, args: readonly string[]): void {
  execFileSync('git', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
