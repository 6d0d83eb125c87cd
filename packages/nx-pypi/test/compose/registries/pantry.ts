import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Found, UploadRequest } from '@nx-pypi/release';
import { localRealm, startRegistry, type RunningRegistry } from 'nx-pypi-registry';
import { onTestFinished } from 'vitest';
import { connect, type Connection, type ConnectContext } from '../../../src/compose/registries/connect.ts';

/** A folder that is gone after the test. */
export function pantry(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pantry-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A GitLab with one public group `local`, its project `local/packages`, and the token. */
export async function gitlab(token: string): Promise<RunningRegistry> {
  const registry = await startRegistry({ storage: pantry(), realm: localRealm(token) });
  onTestFinished(async () => registry.close());
  return registry;
}

/** Connects as a run does; closed after the test. */
export async function tryConnect(context: Partial<ConnectContext>): Promise<Found<Connection>> {
  const root = context.root ?? pantry();
  const found = await connect({
    root,
    env: {},
    options: {},
    packages: [],
    tags: new Map(),
    cacheDir: join(root, '.nx/nx-pypi'),
    userAgent: 'nx-pypi/0.0.0 (test)',
    say: () => undefined,
    ...context,
  });
  if (found.kind === 'found') onTestFinished(async () => found.value.close());
  return found;
}

export async function connected(context: Partial<ConnectContext>): Promise<Connection> {
  const found = await tryConnect(context);
  if (found.kind === 'problem') throw new Error(`${found.problem.code}: ${found.problem.message}`);
  return found.value;
}

export async function refusalOf(context: Partial<ConnectContext>): Promise<Problem | null> {
  const found = await tryConnect(context);
  return found.kind === 'problem' ? found.problem : null;
}

/** An upload of an sdist whose bytes are its name. */
export function jar(name: string, version: string): UploadRequest {
  const filename = `${name.replaceAll('-', '_')}-${version}.tar.gz`;
  const file = join(pantry(), filename);
  writeFileSync(file, filename);
  return {
    name,
    version,
    artifact: {
      kind: 'sdist',
      filename,
      file,
      sha256: createHash('sha256').update(filename).digest('hex'),
      size: filename.length,
      metadata: { headers: [['Metadata-Version', '2.4']], description: '' },
    },
    sameContent: async () => ({ kind: 'found', value: false }),
  };
}
