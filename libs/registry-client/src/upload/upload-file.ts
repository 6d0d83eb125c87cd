import type { Problem } from '@nx-pypi/manifests';
import type { RegistryReader, RegistryState, UploadOutcome, UploadRequest } from '@nx-pypi/release';
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
  /** Versions that the index did not show before this client stored their first file, by name and version: the files it stored. */
  readonly claims: Map<string, Set<string>>;
}

/**
 * Uploads one file (G3, G4): looks at the index, sends, and after every failure that may pass looks again before it sends
 * again, since a file can be stored although its answer was lost. A version that this client claimed is not looked at again
 * before its other files: GitLab refuses a name that is taken. Never rejects for what a registry does.
 */
export async function uploadFile(options: UploadOptions, request: UploadRequest): Promise<UploadOutcome> {
  const { filename, sha256 } = request.artifact;
  const { exchange } = options;
  for (let attempt = 0; ; attempt += 1) {
    const before = attempt === 0 && isClaimed(options, request) ? UNTOUCHED : await look(options, request);
    if (before.kind === 'unknown') return rejected(filename, before.problem);
    if (before.kind === 'overtaken') return before;
    if (before.kind === 'there') return attempt === 0 ? settle(request, before.file) : settleOwn(request, before);
    if (await changedOnDisk(request)) return rejected(filename, artifactChanged(filename));
    const answer = await send(options, request);
    if (answer.kind === 'stored') {
      if (before.untouched) claim(options, request);
      return { kind: 'uploaded', filename, sha256 };
    }
    if (answer.kind === 'taken') return settleTaken(options, request, answer.problem);
    if (answer.kind === 'refused') return rejected(filename, answer.problem, answer.runWide);
    if (attempt + 1 >= exchange.retry.attempts) return lastLook(options, request, answer.problem);
    request.onFailedTry?.(answer.problem);
    await exchange.rest(attempt);
  }
}

type Seen =
  | Exclude<Look, { kind: 'free' }>
  /** `untouched`: the whole version is not there. */
  | { readonly kind: 'free'; readonly untouched: boolean }
  | Extract<UploadOutcome, { kind: 'overtaken' }>;

const UNTOUCHED: Seen = { kind: 'free', untouched: true };

/** A file of ours that is there is settled by its content, whatever came after it. */
async function look({ reader }: UploadOptions, { name, version, artifact, overtakenBy }: UploadRequest): Promise<Seen> {
  const { filename } = artifact;
  const state = await reader.readFresh(normalizeName(name));
  const found = lookFor(filename, state);
  if (found.kind !== 'free') return found;
  const by = overtakenBy?.(state) ?? null;
  if (by !== null) return { kind: 'overtaken', filename, version: by };
  return { kind: 'free', untouched: !shows(state, version) };
}

function shows(state: RegistryState, version: string): boolean {
  return state.kind === 'published' && state.versions.some(({ text }) => text === version);
}

function isClaimed({ claims, target }: UploadOptions, request: UploadRequest): boolean {
  const stored = claims.get(keyOf(request));
  return target.kind === 'gitlab' && stored !== undefined && !stored.has(request.artifact.filename);
}

function claim({ claims }: UploadOptions, request: UploadRequest): void {
  const stored = claims.get(keyOf(request)) ?? new Set();
  claims.set(keyOf(request), stored.add(request.artifact.filename));
}

function keyOf({ name, version }: UploadRequest): string {
  return `${normalizeName(name)} ${version}`;
}

async function send({ exchange, target }: UploadOptions, request: UploadRequest): Promise<UploadAnswer> {
  const sent = await sendFile(exchange, target, request);
  if (sent === null) return { kind: 'refused', problem: artifactChanged(request.artifact.filename), runWide: false };
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
