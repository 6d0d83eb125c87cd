import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The forms that a secret can take on its way: as it is, in a URL, in JSON, in base64, and in a Basic header. */
export function formsOf(secret: string, username: string): readonly string[] {
  const basic = Buffer.from(`${username}:${secret}`).toString('base64');
  const plain = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), basic, plain])];
}

/** Where any of the forms stands in a text, with a piece of what is around it. */
export function leaksIn(place: string, text: string, forms: readonly string[]): readonly string[] {
  return forms.flatMap((form) => {
    const at = text.indexOf(form);
    return at === -1 ? [] : [`${place}: …${text.slice(Math.max(0, at - 60), at)}[SECRET]`];
  });
}

/** Where any of the forms stands in the files below a folder, in their names, or in what is packed in them with gzip. */
export function leaksBelow(folder: string, forms: readonly string[], skip: readonly string[] = []): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (skip.includes(path)) return [];
    const named = leaksIn(`name of ${path}`, entry.name, forms);
    if (entry.isSymbolicLink()) return [...named, ...leaksIn(`target of ${path}`, readlinkSync(path), forms)];
    if (entry.isDirectory()) return [...named, ...leaksBelow(path, forms, skip)];
    return entry.isFile() ? [...named, ...leaksIn(path, contentOf(path), forms)] : named;
  });
}

function contentOf(path: string): string {
  const bytes = readFileSync(path);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString('latin1') : '';
  return `${bytes.toString('latin1')}\n${packed}`;
}

/** Command lines of a process and of all that it started, as they stand now (Linux). */
export function commandLines(pid: number): readonly string[] {
  return [pid, ...childrenOf(pid)].flatMap((one) => fileOf(`/proc/${one}/cmdline`).replaceAll('\0', ' '));
}

function childrenOf(pid: number): readonly number[] {
  const direct = tasksOf(pid).flatMap((task) =>
    fileOf(`/proc/${pid}/task/${task}/children`)
      .split(' ')
      .filter((text) => text !== '')
      .map(Number),
  );
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
