import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile, VerifyOutcome } from '@nx-pypi/release';
import type { Exchange } from '../http/exchange.ts';
import { registryState } from '../page/registry-state.ts';
import { readPage } from '../read/read-page.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { printableUrl } from '../target/origin.ts';
import { lookFor } from './look.ts';
import { servedLength } from './served-length.ts';

export interface VerifyOptions {
  readonly exchange: Exchange;
  readonly target: RegistryTarget;
  readonly plainOrigins: readonly string[];
  /** Milliseconds from the first look to the last. */
  readonly deadlineMs: number;
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

/** Polls until the project's and the group's index show the sha256, and the file is served with its length (G7). */
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
  const { target } = options;
  const indexes = [target.projectIndexUrl, ...(target.groupIndexUrl === null ? [] : [target.groupIndexUrl])];
  const sights = await Promise.all(indexes.map(async (indexUrl) => seek(options, planned, indexUrl)));
  const open = sights.find(({ kind }) => kind === 'mismatch') ?? sights.find(({ kind }) => kind === 'not-yet');
  const first = sights[0];
  return open ?? (first?.kind === 'seen' ? checkLength(options, planned, first.file) : { kind: 'not-yet', why: '' });
}

async function seek({ exchange, target }: VerifyOptions, planned: Planned, indexUrl: string): Promise<Sight> {
  const { name, filename, sha256 } = planned;
  const reading = await readPage(exchange, { name, indexUrl, target, fresh: true });
  const found = lookFor(filename, registryState(name, [reading]));
  if (found.kind === 'unknown') return { kind: 'not-yet', why: found.problem.message };
  if (found.kind === 'free') return { kind: 'not-yet', why: `${indexUrl} does not show it.` };
  if (found.file.sha256 === sha256) return { kind: 'seen', file: found.file };
  return { kind: 'mismatch', problem: otherHash(planned, found.file) };
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
    where: target.projectIndexUrl,
  };
}
