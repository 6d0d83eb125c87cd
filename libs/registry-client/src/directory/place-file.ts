import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { unwritable } from './directory-problem.ts';
import type { PageEntry } from './folder-page.ts';
import { isListed, writePackagePage, writeRootPage } from './write-pages.ts';

/** Takes a lock file that runs on other machines respect too. */
export type TakeLock = (path: string) => Promise<Found<{ readonly release: () => Promise<void> }>>;

export interface Place {
  readonly directory: string;
  /** PEP 503. */
  readonly name: string;
  readonly lock: TakeLock;
}

export type Placed =
  | { readonly kind: 'stored' }
  /** There is a file of that name. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Copies a file into its package's folder: it appears whole or not at all, replaces nothing, and is listed afterwards. */
export async function placeFile(place: Place, source: string, entry: PageEntry): Promise<Placed> {
  const folder = join(place.directory, place.name);
  const part = join(folder, `.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(createReadStream(source), createWriteStream(part, { flags: 'wx', mode: 0o666, flush: true }));
    const stored = await linkOnce(part, join(folder, entry.filename));
    if (!stored) return { kind: 'taken' };
    const problem = await listFile(place, entry);
    return problem === null ? { kind: 'stored' } : { kind: 'failed', problem };
  } catch (error) {
    return { kind: 'failed', problem: unwritable(folder, error) };
  } finally {
    await rm(part, { force: true });
  }
}

/** Has the package's page and the page of all packages list a file that is in its folder. */
export async function listFile(place: Place, entry: PageEntry): Promise<Problem | null> {
  const { directory, name, lock } = place;
  const folder = join(directory, name);
  const page = await under(lock, join(folder, '.lock'), folder, async () => writePackagePage(folder, name, entry));
  if (page !== null || (await isListed(directory, name))) return page;
  return under(lock, join(directory, '.lock'), directory, async () => writeRootPage(directory));
}

async function under(
  lock: TakeLock,
  path: string,
  folder: string,
  write: () => Promise<void>,
): Promise<Problem | null> {
  try {
    const held = await lock(path);
    if (held.kind === 'problem') return held.problem;
    try {
      await write();
    } finally {
      await held.value.release();
    }
    return null;
  } catch (error) {
    return unwritable(folder, error);
  }
}

/** A hard link never replaces what has its name, whoever made that. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
