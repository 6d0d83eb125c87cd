import type { Problem } from '@nx-pypi/manifests';
import type { RegistryReader, UploadOutcome, UploadRequest } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import type { Exchange } from '../http/exchange.ts';
import { diagnoseByRest } from '../prove/ask-gitlab.ts';
import { hashFile } from '../read/hash-file.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { artifactChanged, lookFor, rejected, settle, type Look } from './look.ts';
import { sendFile } from './send-file.ts';
import { readUploadAnswer, type UploadAnswer } from './upload-answer.ts';

export interface UploadOptions {
  readonly exchange: Exchange;
  readonly target: RegistryTarget;
  readonly reader: RegistryReader;
}

/**
 * Uploads one file (G3, G4): looks at the index, sends, and after every failure that may pass looks again before it sends
 * again, since a file can be stored although its answer was lost. Never rejects for what a registry does.
 */
export async function uploadFile(options: UploadOptions, request: UploadRequest): Promise<UploadOutcome> {
  const { filename, sha256 } = request.artifact;
  const { exchange } = options;
  for (let attempt = 0; ; attempt += 1) {
    const before = await look(options, request);
    if (before.kind === 'unknown') return rejected(filename, before.problem);
    if (before.kind === 'overtaken') return before;
    if (before.kind === 'there') return attempt === 0 ? settle(request, before.file) : settleOwn(request, before);
    if (await changedOnDisk(request)) return rejected(filename, artifactChanged(filename));
    const answer = await send(options, request);
    if (answer.kind === 'stored') return { kind: 'uploaded', filename, sha256 };
    if (answer.kind === 'taken') return settleTaken(options, request, answer.problem);
    if (answer.kind === 'refused') return rejected(filename, answer.problem, answer.runWide);
    if (attempt + 1 >= exchange.retry.attempts) return lastLook(options, request, answer.problem);
    await exchange.rest(attempt);
  }
}

type Seen = Look | Extract<UploadOutcome, { kind: 'overtaken' }>;

/** A file of ours that is there is settled by its content, whatever came after it. */
async function look({ reader }: UploadOptions, { name, artifact, overtakenBy }: UploadRequest): Promise<Seen> {
  const { filename } = artifact;
  const state = await reader.readFresh(normalizeName(name));
  const found = lookFor(filename, state);
  const version = found.kind === 'free' ? (overtakenBy?.(state) ?? null) : null;
  return version === null ? found : { kind: 'overtaken', filename, version };
}

async function send({ exchange, target }: UploadOptions, request: UploadRequest): Promise<UploadAnswer> {
  const sent = await sendFile(exchange, target, request);
  if (sent.kind === 'failed') return { kind: 'again', problem: sent.problem };
  const answer = readUploadAnswer(sent.answer, target, exchange);
  if (answer.kind !== 'refused' || sent.answer.status !== 404 || target.kind !== 'gitlab') return answer;
  return { ...answer, problem: (await diagnoseByRest(exchange, target)) ?? answer.problem };
}

/** A file that appeared after we sent it, with our bytes, is our upload. */
async function settleOwn(request: UploadRequest, there: Look & { readonly kind: 'there' }): Promise<UploadOutcome> {
  const { filename, sha256 } = request.artifact;
  return there.file.sha256 === sha256 ? { kind: 'uploaded', filename, sha256 } : settle(request, there.file);
}

/** The index may show a file later than the registry knows it. */
async function settleTaken(options: UploadOptions, request: UploadRequest, problem: Problem): Promise<UploadOutcome> {
  for (let attempt = 0; ; attempt += 1) {
    const found = await look(options, request);
    if (found.kind === 'there') return settle(request, found.file);
    if (found.kind === 'overtaken') return found;
    if (found.kind === 'unknown') return rejected(request.artifact.filename, found.problem);
    if (attempt + 1 >= options.exchange.retry.attempts) return rejected(request.artifact.filename, problem, false);
    await options.exchange.rest(attempt);
  }
}

async function lastLook(options: UploadOptions, request: UploadRequest, problem: Problem): Promise<UploadOutcome> {
  const found = await look(options, request);
  if (found.kind === 'overtaken') return found;
  return found.kind === 'there' ? settleOwn(request, found) : rejected(request.artifact.filename, problem);
}

/** GitLab stores whatever comes under whatever hash it is told, so the bytes are checked here. */
async function changedOnDisk({ artifact }: UploadRequest): Promise<boolean> {
  const onDisk = await hashFile(artifact.file);
  return onDisk?.sha256 !== artifact.sha256 || onDisk.size !== artifact.size;
}
