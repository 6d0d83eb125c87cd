import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile, VerifyOutcome } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import type { PageReading } from '../page/page-reading.ts';
import { registryState } from '../page/registry-state.ts';
import { readPage } from '../read/read-page.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { printableUrl } from '../target/origin.ts';
import { lookFor } from './look.ts';
import { servedLength } from './served-length.ts';

/** Page readings that are under way, by name: files of one version are looked for in one. */
type Sights = Map<string, Promise<PageReading>>;

export interface VerifyOptions {
  readonly exchange: Exchange;
  readonly target: RegistryTarget;
  readonly plainOrigins: readonly string[];
  /** Milliseconds from the first look to the last. */
  readonly deadlineMs: number;
  readonly sights: Sights;
}

export interface Planned {
  readonly name: string;
  readonly filename: string;
  readonly sha256: string;
  /** Bytes; null: any length. */
  readonly size: number | null;
}

type Sight =
  | { readonly kind: 'seen'; readonly file: PublishedFile }
  | { readonly kind: 'not-yet'; readonly why: string }
  | { readonly kind: 'mismatch'; readonly problem: Problem };

const firstPauseMs = 200;
const longestPauseMs = 5000;

/**
 * Polls until the index that users read, a group's where there is one, shows the sha256, and the file is served with its length
 * (G7).
 */
export async function verifyFile(options: VerifyOptions, planned: Planned): Promise<VerifyOutcome> {
  const end = Date.now() + options.deadlineMs;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const sight = await inspect(options, planned);
    if (sight.kind === 'seen') return { kind: 'visible' };
    if (sight.kind === 'mismatch') return sight;
    if (Date.now() + pause >= end) return { kind: 'timed-out', problem: timedOut(options, planned, sight.why) };
    await wait(pause);
  }
}

async function inspect(options: VerifyOptions, planned: Planned): Promise<Sight> {
  const sight = await seek(options, planned);
  return sight.kind === 'seen' ? checkLength(options, planned, sight.file) : sight;
}

async function seek(options: VerifyOptions, planned: Planned): Promise<Sight> {
  const { name, filename, sha256 } = planned;
  const indexUrl = indexOf(options.target);
  const found = lookFor(filename, registryState(name, [await sharedPage(options, name, indexUrl)]));
  if (found.kind === 'unknown') return { kind: 'not-yet', why: found.problem.message };
  if (found.kind === 'free') return { kind: 'not-yet', why: `${indexUrl} does not show it.` };
  if (found.file.sha256 === sha256) return { kind: 'seen', file: found.file };
  return { kind: 'mismatch', problem: otherHash(planned, found.file) };
}

function indexOf({ groupIndexUrl, projectIndexUrl }: RegistryTarget): string {
  return groupIndexUrl ?? projectIndexUrl;
}

/** One that began before the upload ended may not show the file yet: it is looked for again. */
async function sharedPage(
  { exchange, target, sights }: VerifyOptions,
  name: string,
  indexUrl: string,
): Promise<PageReading> {
  const begun =
    sights.get(name) ??
    readPage(exchange, { name, indexUrl, target, fresh: true }).finally(() => void sights.delete(name));
  sights.set(name, begun);
  return begun;
}

async function checkLength(options: VerifyOptions, planned: Planned, file: PublishedFile): Promise<Sight> {
  if (planned.size === null) return { kind: 'seen', file };
  const length = await servedLength(options.exchange, file.url, options.plainOrigins, planned.size);
  if (length.kind === 'unknown') return { kind: 'not-yet', why: length.why };
  if (length.bytes === planned.size) return { kind: 'seen', file };
  return { kind: 'mismatch', problem: otherLength(planned.size, file, length.bytes) };
}

function otherHash({ filename, sha256 }: Planned, file: PublishedFile): Problem {
  return {
    code: 'NXPYPI_VERIFY_MISMATCH',
    message: `The index shows ${filename} with the sha256 ${file.sha256 ?? '(none)'}, but ${sha256} was uploaded.`,
    hint: 'Another release of the same version came first, or the registry changed the file: release the next version.',
    where: printableUrl(file.url),
  };
}

function otherLength(size: number, { filename, url }: PublishedFile, bytes: number): Problem {
  return {
    code: 'NXPYPI_VERIFY_MISMATCH',
    message: `The registry serves ${filename} with ${bytes} bytes, but ${size} were uploaded.`,
    hint: 'The stored file is damaged: delete it from the registry, or release the next version.',
    where: printableUrl(url),
  };
}

function timedOut({ deadlineMs, target }: VerifyOptions, { filename }: Planned, why: string): Problem {
  return {
    code: 'NXPYPI_NOT_VISIBLE',
    message: `${filename} is not visible ${Math.round(deadlineMs / 1000)} s after its upload: ${why}`,
    hint: 'Run again: a file that is there by then is not sent twice.',
    where: indexOf(target),
  };
}
