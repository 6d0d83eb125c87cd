import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect, promisify } from 'node:util';
import { localRealm, startRegistry } from 'nx-pypi-registry';
import {
  createRegistryClient,
  resolveTarget,
  type RegistryClient,
  type RegistryConfig,
} from '@nx-pypi/registry-client';
import type { Artifact, UploadRequest } from '@nx-pypi/release';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** One contract, three servers: GitLab as embedded, pypiserver and devpi as their makers ship them. */

const run = promisify(execFile);
const venv = resolve('.python/servers');
const password = 'sourdough-4711';
const packages = ['pypiserver==2.4.2', 'passlib==1.7.4', 'devpi-server==6.20.3'];

interface Server {
  readonly config: RegistryConfig;
  readonly username: string;
  readonly stop: () => Promise<void>;
}

const servers: Readonly<Record<string, (folder: string) => Promise<Server>>> = {
  'the embedded GitLab': startEmbedded,
  pypiserver: startPypiserver,
  devpi: startDevpi,
};

beforeAll(async () => {
  const installed = await access(join(venv, 'bin', 'devpi-server')).then(
    () => true,
    () => false,
  );
  if (installed) return;
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
});

describe.each(Object.keys(servers))('%s', (kind) => {
  let folder = '';
  let server: Server | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bakery-'));
    server = await servers[kind]?.(folder);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function enter(secret: string = password): RegistryClient {
    if (server === undefined) throw new Error('the server did not start');
    const target = resolveTarget(server.config, {});
    if (target.kind === 'problem') throw new Error(inspect(target.problem));
    const { origin } = new URL(target.value.uploadUrl);
    const credential = { username: server.username, password: secret, source: 'test', origin };
    const cacheDir = join(folder, 'cache');
    const retry = { attempts: 3, baseMs: 20, capMs: 100 };
    return createRegistryClient({
      target: target.value,
      credential,
      cacheDir,
      userAgent: 'nx-pypi/0',
      retry,
      verifyMs: 20_000,
    });
  }

  test('absent, uploaded, verified, read, downloaded', async () => {
    const client = enter();
    expect(await client.prove()).toBeNull();
    expect(await client.readFresh('rye-bread')).toEqual({ kind: 'absent' });
    const sdist = await bake(folder, 'rye_bread-1.0.0.tar.gz', 'rye');
    const wheel = await bake(folder, 'rye_bread-1.0.0-py3-none-any.whl', 'rye wheel');
    for (const artifact of [sdist, wheel]) {
      expect(await client.upload(order(artifact))).toEqual({
        kind: 'uploaded',
        filename: artifact.filename,
        sha256: artifact.sha256,
      });
      expect(await client.verify({ ...artifact, name: 'rye-bread' })).toEqual({ kind: 'visible' });
    }
    const state = (await client.read(['rye-bread'])).get('rye-bread');
    const files = state?.kind === 'published' ? state.versions.flatMap((version) => version.files) : [];
    expect(new Map(files.map(({ filename, sha256 }) => [filename, sha256]))).toEqual(
      new Map([
        [sdist.filename, sdist.sha256],
        [wheel.filename, wheel.sha256],
      ]),
    );
    const file = files.find(({ filename }) => filename === sdist.filename);
    const path = file === undefined ? null : await client.download(file);
    expect(path?.kind === 'found' ? await readFile(path.value, 'utf8') : path).toBe('rye');
    await client.close();
  });

  test('the same bytes are already there, other bytes a conflict, and neither is sent', async () => {
    const client = enter();
    const first = await bake(folder, 'oat_bread-1.0.0.tar.gz', 'oat');
    const name = { name: 'oat-bread' };
    expect(await client.upload({ ...order(first), ...name })).toMatchObject({ kind: 'uploaded' });
    expect(await client.upload({ ...order(first), ...name })).toMatchObject({ kind: 'already-there', same: 'bytes' });
    const other = await bake(folder, 'oat_bread-1.0.0.tar.gz', 'burnt oat');
    expect(await client.upload({ ...order(other), ...name })).toMatchObject({ kind: 'conflict', theirs: first.sha256 });
    await client.close();
  });

  test('a wrong password stops the run and is not printed', async () => {
    const client = enter('not-the-password');
    const artifact = await bake(folder, 'bun-1.0.0.tar.gz', 'bun');
    const outcome = await client.upload({ ...order(artifact), name: 'bun' });
    expect(outcome).toMatchObject({ kind: 'rejected', runWide: true });
    expect(outcome.kind === 'rejected' && outcome.problem.code).toMatch(/^NXPYPI_(?:UNAUTHORIZED|FORBIDDEN)$/);
    expect(inspect(outcome)).not.toContain('not-the-password');
    await client.close();
  });
});

async function bake(folder: string, filename: string, content: string): Promise<Artifact> {
  const file = join(await mkdtemp(join(folder, 'bake-')), filename);
  await writeFile(file, content);
  const [distribution = ''] = filename.split('-');
  const headers = [
    ['Metadata-Version', '2.1'],
    ['Name', distribution],
    ['Version', '1.0.0'],
    ['Requires-Python', '>=3.9'],
  ] as const;
  return {
    kind: filename.endsWith('.whl') ? 'wheel' : 'sdist',
    filename,
    file,
    sha256: createHash('sha256').update(content).digest('hex'),
    size: Buffer.byteLength(content),
    metadata: { headers, description: '# Bread' },
  };
}

function order(artifact: Artifact): UploadRequest {
  return { name: 'rye-bread', version: '1.0.0', artifact, sameContent: async () => ({ kind: 'found', value: false }) };
}

async function startEmbedded(folder: string): Promise<Server> {
  const registry = await startRegistry({ storage: join(folder, 'gitlab'), realm: localRealm(password) });
  const config = { kind: 'gitlab', url: registry.url, project: 1, group: 1 } as const;
  return { config, username: '__token__', stop: registry.close };
}

/** Reads need the password too; without a fallback an unknown name is a 404. */
async function startPypiserver(folder: string): Promise<Server> {
  const users = join(folder, 'htpasswd');
  const store = join(folder, 'pypiserver');
  await mkdir(store);
  await writeFile(users, `baker:{SHA}${createHash('sha1').update(password).digest('base64')}\n`);
  const port = await freePort();
  const options = [
    '-p',
    String(port),
    '-i',
    '127.0.0.1',
    '-P',
    users,
    '-a',
    'update,download,list',
    '--disable-fallback',
  ];
  const stop = start('pypi-server', ['run', ...options, store]);
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/`);
  return { config: { kind: 'pypi', uploadUrl: `${url}/`, indexUrl: `${url}/simple/` }, username: 'baker', stop };
}

/** An index of a user, without a mirror below it. Source: devpi docs, "HTTP API". */
async function startDevpi(folder: string): Promise<Server> {
  const port = await freePort();
  const store = join(folder, 'devpi');
  await run(join(venv, 'bin', 'devpi-init'), ['--serverdir', store, '--no-root-pypi']);
  const stop = start('devpi-server', ['--serverdir', store, '--host', '127.0.0.1', '--port', String(port)]);
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/`);
  await put(`${url}/baker`, { password }, {});
  const login = await post(`${url}/+login`, { user: 'baker', password });
  const auth = Buffer.from(`baker:${login.result.password}`).toString('base64');
  await put(`${url}/baker/dev`, { bases: [], volatile: false, type: 'stage' }, { 'x-devpi-auth': auth });
  return {
    config: { kind: 'pypi', uploadUrl: `${url}/baker/dev/`, indexUrl: `${url}/baker/dev/+simple/` },
    username: 'baker',
    stop,
  };
}

function start(command: string, args: readonly string[]): () => Promise<void> {
  const child = spawn(join(venv, 'bin', command), args, { stdio: 'ignore' });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  return async () => {
    child.kill();
    await ended;
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => {
    probe.listen(0, '127.0.0.1', done);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => {
    probe.close(done);
  });
  return port;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return;
    await wait(100);
  }
  throw new Error(`${url} does not answer`);
}

async function put(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<void> {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method: 'PUT', headers: sent, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function post(url: string, body: object): Promise<{ readonly result: { readonly password: string } }> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as { readonly result: { readonly password: string } };
}
