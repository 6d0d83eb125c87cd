import { dirname, join } from 'node:path/posix';

/** `path` as seen from `folder`, relative to the workspace; null when it is absolute or leads out of the workspace. */
export function insideWorkspace(folder: string, path: string): string | null {
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) {
    return null;
  }
  const sibling = SIBLING.exec(path)?.[1];
  if (sibling !== undefined && folder.includes('/')) {
    return `${dirname(folder)}/${sibling}`;
  }
  const joined = join(folder, path.replaceAll('\\', '/')).replace(/\/$/, '');
  return joined === '..' || joined.startsWith('../') ? null : joined;
}

/** Where most paths between packages lead; others take the slow way. */
const SIBLING = /^\.\.\/(\w[\w.-]*)\/?$/;
/** No parent folder, no `.` and no slash that `join` would take away. */
const PLAIN = /^[\w-][\w.-]*$/;

/** The path of a file of `folder`; `.` is the workspace root. */
export function fileIn(folder: string, name: string): string {
  return folder !== '.' && PLAIN.test(name) ? `${folder}/${name}` : join(folder, name);
}
