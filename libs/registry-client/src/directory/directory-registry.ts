import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem } from '@nx-pypi/manifests';
import type { Found, PublishedFile, RegistryReader, RegistryState } from '@nx-pypi/release';
import pLimit from 'p-limit';
import { registryState } from '../page/registry-state.ts';
import { hashFile } from '../read/hash-file.ts';
import type { RegistryClient } from '../registry-client.ts';
import { missing, unwritable } from './directory-problem.ts';
import type { TakeLock } from './place-file.ts';
import { readFolder } from './read-folder.ts';
import { uploadToFolder } from './upload-to-folder.ts';
import { verifyInFolder } from './verify-in-folder.ts';

export interface DirectoryOptions {
  /** Absolute path of an existing folder, which can be a share. */
  readonly directory: string;
  readonly lock: TakeLock;
}

const foldersAtOnce = 32;

/**
 * A folder as a registry: one folder per package, which holds its files and a page that lists them (PEP 503), so that any
 * web server can serve it as an index, and `file://` too.
 */
export function createDirectoryRegistry({ directory, lock }: DirectoryOptions): RegistryClient {
  const limit = pLimit(foldersAtOnce);
  const snapshot = new Map<string, Promise<RegistryState>>();

  async function readFresh(name: string): Promise<RegistryState> {
    return limit(async () => registryState(name, [await readFolder(directory, name)]));
  }

  async function readOnce(name: string): Promise<RegistryState> {
    const known = snapshot.get(name) ?? readFresh(name);
    snapshot.set(name, known);
    return known;
  }

  const reader: RegistryReader = {
    readFresh,
    download: fileOf,
    read: async (names) =>
      new Map(await Promise.all([...new Set(names)].map(async (name) => [name, await readOnce(name)] as const))),
  };
  return {
    ...reader,
    asOf: new Date().toISOString(),
    notices: () => [],
    prove: async () => proveWritable(directory),
    upload: async (request) => uploadToFolder({ directory, lock, reader }, request),
    verify: async (planned) => verifyInFolder({ directory, lock, reader }, planned),
    close: async () => undefined,
  };
}

/** The file where it lies, accepted by its sha256 alone. */
async function fileOf(file: PublishedFile): Promise<Found<string>> {
  const path = fileURLToPath(file.url);
  const found = await hashFile(path);
  if (found !== null && found.sha256 === file.sha256) return { kind: 'found', value: path };
  return {
    kind: 'problem',
    problem: {
      code: found === null ? 'NXPYPI_DOWNLOAD_FAILED' : 'NXPYPI_HASH_MISMATCH',
      message:
        found === null
          ? `${file.filename} could not be read.`
          : `${file.filename} has the sha256 ${found.sha256}, but its page says ${file.sha256 ?? '(none)'}.`,
      hint: 'The file may be damaged or replaced: compare it with its source, and mend the folder.',
      where: path,
    },
  };
}

async function proveWritable(directory: string): Promise<Problem | null> {
  const stats = await stat(directory).catch(() => null);
  if (stats?.isDirectory() !== true) return missing(directory);
  const proof = join(directory, `.${randomUUID()}.part`);
  try {
    await writeFile(proof, '', { flag: 'wx' });
    return null;
  } catch (error) {
    return unwritable(directory, error);
  } finally {
    await rm(proof, { force: true });
  }
}
