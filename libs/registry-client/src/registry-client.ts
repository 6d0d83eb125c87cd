import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { RegistryReader, Uploader } from '@nx-pypi/release';
import type { Credential } from './credentials/credential.ts';
import { openExchange } from './http/open-exchange.ts';
import type { RetryPolicy } from './http/retry-policy.ts';
import { createProver } from './prove/prover.ts';
import { createDownload } from './read/download.ts';
import { createRegistryReader } from './read/registry-reader.ts';
import { secretsOf } from './text/redact.ts';
import { createScrubber } from './text/scrub.ts';
import type { RegistryTarget } from './target/registry-target.ts';
import { uploadFile } from './upload/upload-file.ts';
import { verifyFile } from './upload/verify-file.ts';

export interface RegistryClientOptions {
  readonly target: RegistryTarget;
  readonly credential: Credential | null;
  /** Absolute path; downloaded files are kept below it. */
  readonly cacheDir: string;
  readonly userAgent: string;
  /** Most requests at once; 64. */
  readonly concurrency?: number;
  /** Most sockets to one origin, at most 64; 64. */
  readonly connections?: number;
  /** PEM file of certificate authorities that are trusted beside Node's own. */
  readonly caFile?: string;
  /** Proxy variables are read from it; none without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly retry?: Partial<RetryPolicy>;
  /** Longest silence before and within an answer, in milliseconds; a minute, and ten minutes after an upload. */
  readonly patienceMs?: number;
  /** How long `verify` waits for a file to be seen, in milliseconds; 120 000. */
  readonly verifyMs?: number;
}

/** The registry as the release sees it. One client serves one run: what it read once it does not read again. */
export type RegistryClient = RegistryReader &
  Omit<Uploader, 'prove'> & {
    /** Proves the credential with a call that can fail, whatever is uploaded; null when uploads may start. */
    prove(): Promise<Problem | null>;
    /** When the snapshot was begun, ISO 8601; nothing in it is older. */
    readonly asOf: string;
    /** For the report: what could not be proven of the credential, files that do not count (B5), what the index says of projects. */
    notices(): readonly Problem[];
    /** Drops all connections. */
    close(): Promise<void>;
  };

export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { target, credential } = options;
  const { exchange, close } = openExchange(options);
  const plainOrigins = [target.uploadUrl, target.projectIndexUrl].map((url) => new URL(url).origin);
  const deadlineMs = options.verifyMs ?? 120_000;
  const prover = createProver(exchange, target);
  const download = createDownload({ exchange, cacheDir: join(options.cacheDir, 'files'), plainOrigins });
  const reader = createRegistryReader({ exchange, target, prover, download });
  const remarked = new Map<string, Problem>();
  const scrub = createScrubber(secretsOf(credential));
  const uploading = { exchange, target, reader, claims: new Map() };
  const verifying = { exchange, target, plainOrigins, deadlineMs, sights: new Map() };
  return {
    asOf: new Date().toISOString(),
    notices: () => [...prover.notices().map((notice) => scrub.problem(notice)), ...remarked.values()],
    async read(names) {
      const read = await reader.read(names);
      const states = new Map([...read].map(([name, state]) => [name, scrub.state(state)]));
      for (const state of states.values()) {
        if (state.kind === 'published') for (const one of state.problems) remarked.set(one.message, one);
      }
      return states;
    },
    readFresh: async (name) => scrub.state(await reader.readFresh(name)),
    download: async (file) => scrub.found(await reader.download(file)),
    async prove() {
      const problem = await prover.uploading();
      return problem === null ? null : scrub.problem(problem);
    },
    upload: async (request) => {
      const onFailedTry = (problem: Problem): void => request.onFailedTry?.(scrub.problem(problem));
      return scrub.outcome(await uploadFile(uploading, { ...request, onFailedTry }));
    },
    verify: async (planned) => scrub.outcome(await verifyFile(verifying, planned)),
    close,
  };
}
