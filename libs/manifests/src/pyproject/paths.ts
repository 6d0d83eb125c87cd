import { join } from 'node:path/posix';

/** `path` as seen from `folder`, relative to the workspace; null when it is absolute or leads out of the workspace. */
export function insideWorkspace(folder: string, path: string): string | null {
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) {
    return null;
  }
  const joined = join(folder, path.replaceAll('\\', '/')).replace(/\/$/, '');
  return joined === '..' || joined.startsWith('../') ? null : joined;
}

/** The path of a file of `folder`; `.` is the workspace root. */
export function fileIn(folder: string, name: string): string {
  return join(folder, name);
}
