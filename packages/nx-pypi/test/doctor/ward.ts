import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startRegistry, type Realm, type RegistryOptions, type RunningRegistry } from 'nx-pypi-registry';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Finding } from '../../src/doctor/finding.ts';

const pipeline = { id: 1, iid: 1, sha: 'c'.repeat(40), ref: 'main', source: 'push' };

/** A private group with the registry, its staff, and one token of every kind of trouble. */
const ward: Realm = {
  groups: [{ id: 7, path: 'ward', visibility: 'private' }],
  projects: [
    { id: 9, path: 'ward/registry', visibility: 'private' },
    { id: 10, path: 'ward/stranger', visibility: 'private' },
  ],
  users: [
    { id: 1, username: 'nurse' },
    { id: 2, username: 'visitor' },
    { id: 3, username: 'outsider' },
  ],
  memberships: [
    { username: 'nurse', path: 'ward', role: 'developer' },
    { username: 'visitor', path: 'ward', role: 'guest' },
  ],
  tokens: [
    { kind: 'personal', secret: 'glpat-nurse', username: 'nurse', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-reader', username: 'nurse', scopes: ['read_api'] },
    { kind: 'personal', secret: 'glpat-visitor', username: 'visitor', scopes: ['api'] },
    { kind: 'personal', secret: 'glpat-outsider', username: 'outsider', scopes: ['api'] },
    { kind: 'job', secret: 'job-stranger', username: 'nurse', project: 'ward/stranger', running: true, pipeline },
  ],
};

export async function openWard(options: Partial<RegistryOptions> = {}): Promise<RunningRegistry> {
  const registry = await startRegistry({ storage: folder(), realm: ward, ...options });
  onTestFinished(async () => registry.close());
  return registry;
}

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'ward-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A workspace with packages of the given names, and the plugin's options in its nx.json. */
export function workspace(options: unknown, names: readonly string[] = []): string {
  const root = folder();
  write(join(root, 'nx.json'), JSON.stringify({ plugins: [{ plugin: 'nx-pypi', options }] }));
  for (const name of names) {
    write(join(root, 'packages', name, 'pyproject.toml'), `[project]\nname = "${name}"\nversion = "1.0.0"\n`);
  }
  return root;
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export interface Visit {
  readonly code: number;
  readonly findings: readonly Finding[];
  /** All that was printed. */
  readonly printed: string;
}

/** `nx-pypi doctor --json`, in a home that has no credentials. */
export async function doctor(
  root: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Visit> {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCli(['doctor', '--json', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    out: (line) => out.push(line),
    error: (line) => error.push(line),
  });
  const printed = [...out, ...error].join('\n');
  if (out.length === 0) return { code, findings: [], printed };
  const { findings } = JSON.parse(out.join('\n')) as { findings: readonly Finding[] };
  return { code, findings, printed };
}

/** A server on this machine; its URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
