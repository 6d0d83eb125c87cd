import { join } from 'node:path';
import type { PublishedFile, RegistryReader, UploadOutcome, UploadRequest } from '@nx-pypi/release';
import { header, normalizeName } from '@nx-pypi/standards';
import { hashFile } from '../read/hash-file.ts';
import { artifactChanged, lookFor, rejected, settle } from '../upload/look.ts';
import { readEntries, type PageEntry } from './folder-page.ts';
import { listFile, placeFile, type TakeLock } from './place-file.ts';

export interface FolderOptions {
  readonly directory: string;
  readonly lock: TakeLock;
  readonly reader: RegistryReader;
}

/** Puts one file into its package's folder (G4): looks first, and again where another run was faster. */
export async function uploadToFolder(options: FolderOptions, request: UploadRequest): Promise<UploadOutcome> {
  const { filename, file, sha256, size } = request.artifact;
  const name = normalizeName(request.name);
  const state = await options.reader.readFresh(name);
  const before = lookFor(filename, state);
  if (before.kind === 'unknown') return rejected(filename, before.problem);
  if (before.kind === 'there') return settleListed(options, request, before.file);
  const overtaking = request.overtakenBy?.(state) ?? null;
  if (overtaking !== null) return { kind: 'overtaken', filename, version: overtaking };
  const onDisk = await hashFile(file);
  if (onDisk?.sha256 !== sha256 || onDisk.size !== size) return rejected(filename, artifactChanged(filename));
  const placed = await placeFile({ ...options, name }, file, entryOf(request));
  switch (placed.kind) {
    case 'stored':
      return { kind: 'uploaded', filename, sha256 };
    case 'failed':
      return rejected(filename, placed.problem);
    case 'taken': {
      const after = lookFor(filename, await options.reader.readFresh(name));
      if (after.kind === 'there') return settleListed(options, request, after.file);
      return rejected(filename, after.kind === 'unknown' ? after.problem : gone(filename));
    }
  }
}

/** A run that ended between file and page left a page without the file: it is mended. */
async function settleListed(
  { directory, lock }: FolderOptions,
  request: UploadRequest,
  theirs: PublishedFile,
): Promise<UploadOutcome> {
  const outcome = await settle(request, theirs);
  const name = normalizeName(request.name);
  const listed = (await readEntries(join(directory, name))).has(theirs.filename);
  if (outcome.kind !== 'already-there' || listed) return outcome;
  const entry = { ...entryOf(request), sha256: outcome.sha256 };
  const problem = await listFile({ directory, name, lock }, entry);
  return problem === null ? outcome : rejected(theirs.filename, problem);
}

function entryOf({ artifact }: UploadRequest): PageEntry {
  const { filename, sha256, metadata } = artifact;
  return { filename, sha256, requiresPython: header(metadata, 'Requires-Python'), yanked: false };
}

function gone(filename: string): { readonly code: string; readonly message: string; readonly hint: string } {
  return {
    code: 'NXPYPI_FILENAME_TAKEN',
    message: `${filename} was there and is gone again.`,
    hint: 'Something else writes to the folder: run again when it has ended.',
  };
}
