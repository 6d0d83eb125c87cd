/**
 * The normal form of an archive member's path, or null for one that a careful reader refuses (rule H4): absolute, with a drive,
 * a backslash, a control character or `..`. A folder's final `/` is dropped.
 */
export function memberPath(written: string): string | null {
  // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
  if (written.startsWith('/') || /^[a-z]:/i.test(written) || /[\\\u0000-\u001f\u007f]/.test(written)) return null;
  const segments = written.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.includes('..') || written.length > 4096 ? null : segments.join('/');
}
