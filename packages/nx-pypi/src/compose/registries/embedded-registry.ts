import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Found } from '@nx-pypi/release';
import { acquireLock, cacheFolder, readLock, type Lock } from '@nx-pypi/workspace';
import type { FaultPlan } from 'nx-pypi-registry';
import type { RegistryOption } from '../../options.ts';

/** A registry that can be talked to, as the registry client takes it. */
export interface EmbeddedRegistry {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly token: string;
  /** True when this process started it, so it ends with the run. */
  readonly ownedHere: boolean;
  readonly close: () => Promise<void>;
}

/** Full path and group of the one project that the embedded registry holds. */
export const EMBEDDED_PROJECT = 'local/packages';
export const EMBEDDED_GROUP = 'local';

export interface EmbeddedOptions {
  /** Told when another process owns the registry and this one waits. */
  readonly onWait?: (pid: number) => void;
  readonly port?: number;
  /** What goes wrong there, for trying. */
  readonly faults?: FaultPlan;
  /** `serve`: a server that others may use while it runs; `run`: one that ends with this run. */
  readonly mode: 'run' | 'serve';
}

/**
 * Opens the embedded registry of a workspace, kept in .nx/nx-pypi/registry. One process owns it at a time: where
 * `nx-pypi registry` serves it, that server is used; where another run owns it, this one waits for its end.
 */
export async function openEmbeddedRegistry(root: string, options: EmbeddedOptions): Promise<Found<EmbeddedRegistry>> {
  const folder = join(cacheFolder(root), 'registry');
  mkdirSync(folder, { recursive: true });
  const token = tokenOf(folder);
  const lockFile = join(folder, 'lock');
  for (;;) {
    const serving = options.mode === 'run' ? await servedBy(lockFile) : null;
    if (serving !== null)
      return { kind: 'found', value: { url: serving, token, ownedHere: false, close: async () => {} } };
    const lock = await acquireLock(
      lockFile,
      { mode: options.mode, starting: true },
      { wait: options.mode === 'run' ? 1 : 0, onWait: (holder) => options.onWait?.(holder.pid) },
    );
    if (lock.kind === 'found') return start(folder, token, lock.value, options);
    if (options.mode === 'serve') return lock;
  }
}

async function start(
  folder: string,
  token: string,
  lock: Lock,
  options: EmbeddedOptions,
): Promise<Found<EmbeddedRegistry>> {
  // Loaded on demand: nobody with a GitLab pays for the server library.
  const { localRealm, startRegistry } = await import('nx-pypi-registry');
  try {
    const registry = await startRegistry({
      storage: join(folder, 'storage'),
      realm: localRealm(token),
      port: options.port ?? 0,
      ...(options.faults === undefined ? {} : { faults: options.faults }),
    });
    if (options.mode === 'serve') writeFileSync(join(folder, 'url'), registry.url);
    return {
      kind: 'found',
      value: {
        url: registry.url,
        token,
        ownedHere: true,
        close: async () => {
          await registry.close();
          await lock.release();
        },
      },
    };
  } catch (error) {
    await lock.release();
    return {
      kind: 'problem',
      problem: {
        code: 'NXPYPI_EMBEDDED_REGISTRY',
        message: `the embedded registry could not start: ${error instanceof Error ? error.message : String(error)}`,
        hint: 'choose another port, or delete .nx/nx-pypi/registry if its files were damaged',
        where: '.nx/nx-pypi/registry',
      },
    };
  }
}

/** The URL of a server that `nx-pypi registry` keeps running, or null. */
async function servedBy(lockFile: string): Promise<string | null> {
  const holder = await readLock(lockFile);
  if (holder === null || holder.info['mode'] !== 'serve') return null;
  const urlFile = join(lockFile, '..', 'url');
  if (!existsSync(urlFile)) return null;
  const url = readFileSync(urlFile, 'utf8').trim();
  return (await answers(url)) ? url : null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/v4/groups/${EMBEDDED_GROUP}/-/packages/pypi/simple`, {
      signal: AbortSignal.timeout(2_000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Made once per workspace: it guards nothing but the loopback port. */
function tokenOf(folder: string): string {
  const file = join(folder, 'token');
  if (!existsSync(file)) writeFileSync(file, `nxpypi-${randomBytes(16).toString('hex')}`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** With CI and no registry configured nothing may be published to nowhere. */
export function registryRefusal(option: RegistryOption | undefined, ci: boolean): Found<null> {
  if (option !== undefined || !ci) return { kind: 'found', value: null };
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_NO_REGISTRY',
      message: 'no registry is configured, and the embedded one would end with this CI job',
      hint: 'set "registry" in the options of nx-pypi in nx.json: "gitlab", { "url", "project", "group" }, { "uploadUrl", "indexUrl" } or { "directory" }; "embedded" if that is really meant',
      where: 'nx.json',
    },
  };
}
