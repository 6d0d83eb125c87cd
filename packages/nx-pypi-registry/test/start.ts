import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RegistryOptions, type RunningRegistry, startRegistry } from '../src/index.ts';
import { orchestraRealm } from './orchestra-realm.ts';

/** A new folder, removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nx-pypi-registry-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A registry with the orchestra's realm on a new storage, closed when the test ends. */
export async function start(options: Partial<RegistryOptions> = {}): Promise<RunningRegistry> {
  const registry = await startRegistry({
    storage: options.storage ?? (await temporaryFolder()),
    realm: orchestraRealm,
    ...options,
  });
  onTestFinished(() => registry.close());
  return registry;
}

export function basic(secret: string, username = 'anyone'): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` };
}

export interface UploadOptions {
  readonly name?: string;
  readonly version?: string;
  readonly filename?: string;
  readonly content?: string | Uint8Array<ArrayBuffer>;
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly signal?: AbortSignal;
}

/** Uploads the tuba, as Dora if nobody else is named. */
export async function upload(registry: { readonly url: string }, options: UploadOptions = {}): Promise<Response> {
  const { name = 'tuba', version = '1.0', content = 'the tuba part' } = options;
  const bytes = Buffer.from(content);
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const form = new FormData();
  const fields = { name, version, requires_python: '', sha256_digest: sha256, ...options.fields };
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('content', new Blob([bytes]), options.filename ?? `${name}-${version}.tar.gz`);
  const url = `${registry.url}/api/v4/projects/${options.project ?? '9'}/packages/pypi`;
  return fetch(url, {
    method: 'POST',
    headers: options.headers ?? basic('dora-token'),
    body: form,
    signal: options.signal ?? null,
  });
}

/** A GET below `/api/v4`, as Dora if no headers are given; redirects are not followed. */
export async function read(
  registry: { readonly url: string },
  path: string,
  headers: Readonly<Record<string, string>> = basic('dora-token'),
): Promise<Response> {
  return fetch(`${registry.url}/api/v4${path}`, { headers, redirect: 'manual' });
}

/** As `read`, on REST routes. */
export async function rest(registry: { readonly url: string }, path: string, secret = 'dora-token'): Promise<Response> {
  return read(registry, path, { 'PRIVATE-TOKEN': secret });
}

/** File names on the page of a package in project 9. */
export async function filesOnPage(registry: { readonly url: string }, name: string): Promise<readonly string[]> {
  const response = await read(registry, `/projects/9/packages/pypi/simple/${name}/`);
  return [...(await response.text()).matchAll(/<a [^>]*>([^<]*)<\/a>/g)].flatMap((match) => match[1] ?? []);
}
