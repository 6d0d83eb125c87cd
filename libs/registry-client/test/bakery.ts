import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact, Found, UploadRequest } from '@nx-pypi/release';
import { onTestFinished } from 'vitest';
import {
  createRegistryClient,
  type Credential,
  type RegistryClient,
  type RegistryClientOptions,
  type RegistryTarget,
  resolveTarget,
  type RegistryConfig,
} from '../src/index.ts';

/** A folder that is gone after the test. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bakery-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function targetOf(config: RegistryConfig, env: Record<string, string> = {}): RegistryTarget {
  return valueOf(resolveTarget(config, env));
}

export function valueOf<T>(found: Found<T>): T {
  if (found.kind === 'problem') throw new Error(`${found.problem.code}: ${found.problem.message}`);
  return found.value;
}

export function credentialFor(target: RegistryTarget, password: string, username = '__token__'): Credential {
  return { username, password, source: 'NX_PYPI_TOKEN', origin: new URL(target.uploadUrl).origin };
}

/** A client that gives up quickly; closed after the test. */
export async function clientOf(
  target: RegistryTarget,
  credential: Credential | null,
  options: Partial<RegistryClientOptions> = {},
): Promise<RegistryClient> {
  const client = createRegistryClient({
    target,
    credential,
    cacheDir: options.cacheDir ?? (await tempFolder()),
    userAgent: 'nx-pypi/0.0.0 (test)',
    retry: { attempts: 4, baseMs: 5, capMs: 40 },
    verifyMs: 3000,
    ...options,
  });
  onTestFinished(async () => client.close());
  return client;
}

/** A file with the given content that calls itself an sdist or wheel. */
export async function bake(
  filename: string,
  content: string | Uint8Array,
  headers: readonly (readonly [string, string])[] = [],
): Promise<Artifact> {
  const file = join(await tempFolder(), filename);
  await writeFile(file, content);
  return {
    kind: filename.endsWith('.whl') ? 'wheel' : 'sdist',
    filename,
    file,
    sha256: createHash('sha256').update(content).digest('hex'),
    size: Buffer.byteLength(content),
    metadata: { headers: [['Metadata-Version', '2.4'], ...headers], description: 'Bread of the day.' },
  };
}

/** An upload request whose `sameContent` says no. */
export function order(
  artifact: Artifact,
  name: string,
  version: string,
  overrides: Partial<UploadRequest> = {},
): UploadRequest {
  return { name, version, artifact, sameContent: async () => ({ kind: 'found', value: false }), ...overrides };
}
