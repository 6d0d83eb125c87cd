import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { Found, PublishedFile } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import { discard } from '../http/discard.ts';
import { isTooSlow } from '../http/patience.ts';
import { isPassing } from '../http/retry-policy.ts';
import { printableUrl } from '../target/origin.ts';
import { sanitize } from '../text/sanitize.ts';
import { followFile, type FileAnswer } from './follow-file.ts';
import { hashFile } from './hash-file.ts';

/** GitLab's own limit for a package file is 3 GB, on its public instance 5 GB. */
const maxFileBytes = 5_368_709_120;

export interface DownloadOptions {
  readonly exchange: Exchange;
  /** Absolute path; holds `<sha256>/<filename>`. */
  readonly cacheDir: string;
  readonly plainOrigins: readonly string[];
}

type Verified = PublishedFile & { readonly sha256: string };

type Fetched =
  | { readonly kind: 'stored' }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly passing: boolean };

/** Downloads into the cache of immutable files; a file is accepted by its sha256 alone, also one that lies there already. */
export function createDownload(options: DownloadOptions): (file: PublishedFile) => Promise<Found<string>> {
  const known = new Map<string, Promise<Found<string>>>();

  return async (file) => {
    const { sha256 } = file;
    if (sha256 === null) return failure(problemOf(file, 'the index tells no sha256 of it', 'NXPYPI_HASH_MISSING'));
    if (!/^[\w.+!-]+$/.test(file.filename) || file.filename.startsWith('.')) {
      return failure(problemOf(file, 'its name is no plain file name', 'NXPYPI_FILENAME_UNREADABLE'));
    }
    const key = `${sha256}/${file.filename}`;
    const found =
      known.get(key) ?? obtain(options, { ...file, sha256 }).catch((error: unknown) => unwritable(error, file));
    known.set(key, found);
    const result = await found;
    if (result.kind === 'problem') known.delete(key);
    return result;
  };
}

async function obtain({ exchange, cacheDir, plainOrigins }: DownloadOptions, file: Verified): Promise<Found<string>> {
  const path = join(cacheDir, file.sha256, file.filename);
  if ((await hashFile(path))?.sha256 === file.sha256) return { kind: 'found', value: path };
  const part = join(cacheDir, file.sha256, `.${randomUUID()}.part`);
  await mkdir(join(cacheDir, file.sha256), { recursive: true });
  try {
    for (let attempt = 0; ; attempt += 1) {
      const request = { method: 'GET' as const, url: file.url, plainOrigins };
      const fetched = await followFile(exchange, request, async (answer) => store(answer, file, part, exchange));
      if (fetched.kind === 'stored') {
        await rename(part, path);
        return { kind: 'found', value: path };
      }
      if (!fetched.passing || attempt + 1 >= exchange.retry.attempts) return failure(fetched.problem);
      await exchange.rest(attempt);
    }
  } finally {
    await rm(part, { force: true });
  }
}

async function store(answer: FileAnswer, file: Verified, part: string, exchange: Exchange): Promise<Fetched> {
  if (answer.kind === 'failed') {
    return { ...answer, passing: answer.problem.code === 'NXPYPI_REGISTRY_UNREACHABLE' };
  }
  const { statusCode, body } = answer.response;
  if (statusCode !== 200) {
    discard(body);
    const problem = problemOf(file, `the registry answered ${statusCode}`, 'NXPYPI_DOWNLOAD_FAILED');
    return { kind: 'failed', problem, passing: isPassing(statusCode) };
  }
  const hash = createHash('sha256');
  try {
    const bounds = { limit: file.size ?? maxFileBytes, patienceMs: exchange.patienceMs };
    await pipeline(body, (source) => measured(source, bounds, hash), createWriteStream(part));
  } catch (error) {
    const why = exchange.printable(error instanceof Error ? error.message : 'it broke off');
    return { kind: 'failed', problem: problemOf(file, why, 'NXPYPI_DOWNLOAD_FAILED'), passing: !isGivenUp(error) };
  }
  if (hash.digest('hex') === file.sha256) return { kind: 'stored' };
  const problem = problemOf(
    file,
    `its content does not have the sha256 ${file.sha256} of the index`,
    'NXPYPI_HASH_MISMATCH',
  );
  return { kind: 'failed', problem, passing: false };
}

async function* measured(
  source: Readable,
  { limit, patienceMs }: { readonly limit: number; readonly patienceMs: number },
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  const begun = performance.now();
  let size = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw new RangeError(`it is longer than ${limit} bytes`);
    if (isTooSlow(size, performance.now() - begun, patienceMs)) throw new RangeError('it comes too slowly to wait for');
    hash.update(chunk);
    yield chunk;
  }
}

/** A cache that cannot be written; anything else is a bug of ours. */
function unwritable(error: unknown, file: PublishedFile): Found<never> {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  return failure({
    code: 'NXPYPI_CACHE_UNWRITABLE',
    message: `${sanitize(file.filename)} could not be kept in the cache: ${sanitize(error.message)}.`,
    hint: 'Check the permissions of the cache folder and the space on its disk.',
  });
}

/** What we ended ourselves: it would be the same again. */
function isGivenUp(error: unknown): boolean {
  return error instanceof RangeError;
}

function failure(problem: Problem): Found<never> {
  return { kind: 'problem', problem };
}

function problemOf(file: PublishedFile, why: string, code: string): Problem {
  return {
    code,
    message: `${sanitize(file.filename)} could not be downloaded: ${why}.`,
    hint:
      code === 'NXPYPI_HASH_MISSING'
        ? 'It was uploaded without `sha256_digest` and cannot be trusted; delete it and release a new version.'
        : 'Run again; if it stays, look at the file in the registry.',
    where: printableUrl(file.url),
  };
}
