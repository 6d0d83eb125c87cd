import { basename } from 'node:path/posix';
import picomatch from 'picomatch';
import type { ReadText } from '@nx-pypi/manifests';
import type { GivenNames } from './project-names.ts';

/**
 * Reads the names that Nx itself will give: project.json (its `name`, else its folder's) and, for members of an npm
 * workspace, package.json. `files` are workspace-relative paths of all files of those two names.
 */
export function givenNames(files: readonly string[], readText: ReadText): GivenNames {
  const names = new Map<string, string>();
  const member = npmWorkspaceMember(readText);
  for (const file of files.filter((candidate) => basename(candidate) === 'package.json')) {
    const folder = folderOf(file);
    if (folder !== '.' && !member(folder)) continue;
    const name = nameIn(readText(file));
    if (name !== null) names.set(folder, name);
  }
  for (const file of files.filter((candidate) => basename(candidate) === 'project.json')) {
    const folder = folderOf(file);
    names.set(folder, nameIn(readText(file)) ?? names.get(folder) ?? basename(folder));
  }
  return names;
}

function npmWorkspaceMember(readText: ReadText): (folder: string) => boolean {
  const root = parsed(readText('package.json'));
  const workspaces = root?.['workspaces'];
  const patterns: unknown = Array.isArray(workspaces) ? workspaces : isRecord(workspaces) ? workspaces['packages'] : [];
  const globs = Array.isArray(patterns)
    ? patterns.filter((pattern): pattern is string => typeof pattern === 'string')
    : [];
  return globs.length === 0
    ? () => false
    : picomatch(globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, '')));
}

function nameIn(text: string | undefined): string | null {
  const name = parsed(text)?.['name'];
  return typeof name === 'string' && name !== '' ? name : null;
}

function parsed(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    // Nx reports a project.json or package.json that is not JSON; here it gives no name.
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '.' : file.slice(0, slash);
}
