import type { Login } from './credential.ts';

/**
 * The login of the `machine` entry for a host. The `default` entry names no host and is not used (H1).
 * Source: GNU inetutils manual, ".netrc"; quoting as Python's `netrc` module reads it.
 */
export function netrcLogin(text: string, uploadUrl: URL): Login | null {
  const host = uploadUrl.hostname.replace(/^\[|\]$/g, '');
  const entry = entriesOf(text).find(({ machine }) => machine === host);
  if (entry === undefined || entry.password === '') return null;
  return { username: entry.login, password: entry.password, source: `netrc entry for ${host}` };
}

interface NetrcEntry {
  readonly machine: string;
  readonly login: string;
  readonly password: string;
}

function entriesOf(text: string): readonly NetrcEntry[] {
  const entries: { machine: string; login: string; password: string }[] = [];
  const words = wordsOf(text);
  let next = 0;
  while (next < words.length) {
    const word = words[next];
    const value = words[next + 1] ?? '';
    const entry = entries.at(-1);
    if (word === 'machine') entries.push({ machine: value, login: '', password: '' });
    else if (word === 'default') entries.push({ machine: '', login: '', password: '' });
    else if (entry !== undefined && word === 'login') entry.login = value;
    else if (entry !== undefined && word === 'password') entry.password = value;
    next += word === 'default' ? 1 : 2;
  }
  return entries;
}

/** Words, quoted ones unquoted; comment lines and macros (`macdef`, up to a blank line) left out. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]*macdef[^\n]*\n(?:[^\n]+\n)*/gm, '')
    .replace(/^[ \t]*#[^\n]*$/gm, '');
  return [...plain.matchAll(/"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>\S+)/g)].map(({ groups }) =>
    (groups?.['quoted'] ?? groups?.['bare'] ?? '').replace(/\\(?<char>.)/g, '$<char>'),
  );
}
