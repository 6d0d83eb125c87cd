import { basename, dirname, join, normalize } from 'node:path/posix';

import { readWorkspaceFile } from '../../frame.ts';
import type { Frame } from '../../frame.ts';
import { boolean, string } from '../../values.ts';
import type { Value } from '../../values.ts';
import type { KnownFunction } from './known-function.ts';

/** Where a string or path leads from the folder in which setup.py runs. */
export function pathOf(value: Value | undefined, frame: Frame): string | null {
  if (value?.kind === 'path') return normalize(value.path);
  if (value?.kind !== 'string' || value.text === '') return null;
  return value.text.startsWith('/') ? value.text : join(frame.world.folder, value.text);
}

export const openFile: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0] ?? given.keywords.get('file'), frame);
  return path === null ? null : { kind: 'file', path };
};

export const asPath: KnownFunction = (given, { frame }) => {
  const path = given.positional.length === 0 ? frame.world.folder : pathOf(given.positional[0], frame);
  return path === null ? null : { kind: 'path', path: joinAll(path, given.positional.slice(1)) ?? path };
};

export const joinPaths: KnownFunction = (given) => {
  const [base, ...parts] = given.positional;
  if (base?.kind === 'path') {
    const path = joinAll(base.path, parts);
    return path === null ? null : { kind: 'path', path };
  }
  if (base?.kind !== 'string') return null;
  const path = joinAll(base.text, parts);
  return path === null ? null : string(path);
};

function joinAll(base: string, parts: readonly Value[]): string | null {
  const texts = parts.map((part) => (part.kind === 'string' ? part.text : null));
  if (texts.some((text) => text?.startsWith('/') === true)) return null;
  return texts.includes(null) ? null : join(base, ...texts.filter((text) => text !== null));
}

export const parent: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'path') return { kind: 'path', path: dirname(value.path) };
  return value?.kind === 'string' ? string(value.text.includes('/') ? dirname(value.text) : '') : null;
};

export const lastName: KnownFunction = (given) => {
  const [value] = given.positional;
  if (value?.kind === 'path') return string(basename(value.path));
  return value?.kind === 'string' ? string(basename(value.text)) : null;
};

export const exists: KnownFunction = (given, { frame }) => {
  const path = pathOf(given.positional[0], frame);
  if (path === null) return null;
  if (readWorkspaceFile(frame.world, path) !== undefined) return boolean(true);
  return /\.\w+$/.test(path) ? boolean(false) : null;
};
