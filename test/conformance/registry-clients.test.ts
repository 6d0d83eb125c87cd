import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Realm, type RunningRegistry, startRegistry } from 'nx-pypi-registry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** The embedded registry, used by the clients that people use: twine, uv, poetry and pip, as their makers ship them. */

const pins = ['twine==6.2.0', 'uv==0.13.8', 'poetry==2.5.1', 'build==1.6.1'];
const venv = resolve('.python/clients');
const token = 'rolling-pin';

const bakery: Realm = {
  groups: [{ id: 7, path: 'bakery', visibility: 'private' }],
  projects: [{ id: 9, path: 'bakery/oven', visibility: 'private', jobTokenAllowlist: ['bakery'] }],
  users: [{ id: 1, username: 'bettina' }],
  memberships: [{ username: 'bettina', path: 'bakery', role: 'developer' }],
  tokens: [
    { kind: 'personal', secret: token, username: 'bettina', scopes: ['api'] },
    {
      kind: 'job',
      secret: 'kneading-job',
      username: 'bettina',
      project: 'bakery/oven',
      running: true,
      pipeline: { id: 3, iid: 1, sha: 'b'.repeat(40), ref: 'main', source: 'push' },
    },
  ],
};

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Poetry does not use what stands in a source's URL for the files behind it. */
const poetryCredentials = {
  POETRY_HTTP_BASIC_OVEN_USERNAME: 'baker',
  POETRY_HTTP_BASIC_OVEN_PASSWORD: token,
  POETRY_KEYRING_ENABLED: 'false',
};

let folder = '';
let registry: RunningRegistry;
let publicIndex: Server;
let uploadUrl = '';
let indexUrl = '';

beforeAll(async () => {
  await installClients();
  folder = await mkdtemp(join(tmpdir(), 'bakery-clients-'));
  publicIndex = createServer((_request, response) => response.writeHead(404, { 'Content-Type': 'text/html' }).end());
  await new Promise<void>((listening) => publicIndex.listen(0, '127.0.0.1', listening));
  registry = await startRegistry({
    storage: join(folder, 'storage'),
    realm: bakery,
    features: { forwarding: `http://127.0.0.1:${(publicIndex.address() as AddressInfo).port}` },
  });
  uploadUrl = `${registry.url}/api/v4/projects/bakery%2Foven/packages/pypi`;
  indexUrl = `${registry.url.replace('//', `//baker:${token}@`)}/api/v4/groups/7/-/packages/pypi/simple`;
});

afterAll(async () => {
  await registry.close();
  publicIndex.close();
  await rm(folder, { recursive: true, force: true });
});

describe('publishing', () => {
  test('twine uploads wheel and sdist, and is told of the duplicate', async () => {
    const project = await built('rye');
    const files = await distributions(project);
    await succeeds(twine(files, 'baker', token));
    expect(await names('bakery-rye')).toEqual(['bakery_rye-1.0-py3-none-any.whl', 'bakery_rye-1.0.tar.gz']);
    const again = await twine(files, 'baker', token);
    expect(again.code).not.toBe(0);
    expect(again.output).toContain('File name has already been taken');
  });

  test('twine uploads as a CI job, and the package carries its pipeline', async () => {
    const files = await distributions(await built('emmer'));
    await succeeds(twine(files, 'gitlab-ci-token', 'kneading-job'));
    const list = await fetch(`${registry.url}/api/v4/projects/9/packages?package_name=bakery-emmer`, {
      headers: { 'PRIVATE-TOKEN': token },
    });
    expect(await list.json()).toMatchObject([{ version: '1.0', pipeline: { sha: 'b'.repeat(40), ref: 'main' } }]);
  });

  test('twine is refused with a wrong token', async () => {
    const refused = await twine(await distributions(await built('millet')), 'baker', 'wrong');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('401');
  });

  test('uv uploads, is told of the duplicate, and skips what the group index has', async () => {
    const files = await distributions(await built('wheat'));
    await succeeds(uvPublish(files, ['--check-url', indexUrl]));
    expect(await names('bakery-wheat')).toHaveLength(2);
    const again = await uvPublish(files, []);
    expect(again.code).not.toBe(0);
    expect(again.output).toContain('File name has already been taken');
    const checked = await succeeds(uvPublish(files, ['--check-url', indexUrl]));
    expect(checked).toContain('already exists, skipping');
  });

  test('poetry uploads, is told of the duplicate, and skips it where it is asked to', async () => {
    const project = await built('spelt');
    const publish = (extra: readonly string[]): Promise<Ran> =>
      run('poetry', ['publish', '--no-interaction', '--repository', 'oven', ...extra], project, {
        POETRY_REPOSITORIES_OVEN_URL: uploadUrl,
        ...poetryCredentials,
      });
    await succeeds(publish([]));
    expect(await names('bakery-spelt')).toHaveLength(2);
    const again = await publish([]);
    expect(again.code).not.toBe(0);
    expect(again.output).toContain('File name has already been taken');
    await succeeds(publish(['--skip-existing']));
  });
});

describe('installing from the group', () => {
  beforeAll(async () => {
    await succeeds(twine(await distributions(await built('oat')), 'baker', token));
  });

  test('pip finds the package, in whatever spelling', async () => {
    const target = join(folder, 'pip-target');
    const options = ['--isolated', '--no-cache-dir', '--no-deps', '--index-url', indexUrl, '--target', target];
    await succeeds(run('pip', ['install', ...options, 'Bakery_Oat'], folder));
    expect(await readFile(join(target, 'bakery_oat', '__init__.py'), 'utf8')).toBe('grain = "oat"\n');
  });

  test('uv finds the package', async () => {
    const target = join(folder, 'uv-target');
    const options = ['--no-config', '--no-cache', '--no-deps', '--default-index', indexUrl, '--target', target];
    await succeeds(run('uv', ['pip', 'install', ...options, 'bakery-oat==1.0'], folder));
    expect(await readFile(join(target, 'bakery_oat', '__init__.py'), 'utf8')).toBe('grain = "oat"\n');
  });

  test('poetry locks the package with the digests that were uploaded, and installs it', async () => {
    const project = join(folder, 'shop');
    await mkdir(project);
    const source = `[[tool.poetry.source]]\nname = "oven"\nurl = "${indexUrl.replace(/baker:.*@/, '')}/"\npriority = "primary"\n`;
    await writeFile(join(project, 'pyproject.toml'), `${manifest('shop', ['bakery-oat==1.0'])}\n${source}`);
    await succeeds(run('poetry', ['lock', '--no-interaction'], project, poetryCredentials));
    const lock = await readFile(join(project, 'poetry.lock'), 'utf8');
    const digests = [...(await page('bakery-oat')).matchAll(/#sha256=([0-9a-f]{64})/g)].map((match) => match[1]);
    expect(digests).toHaveLength(2);
    for (const digest of digests) expect(lock).toContain(`sha256:${digest}`);
    const installed = await succeeds(
      run('poetry', ['install', '--no-interaction', '--no-root'], project, poetryCredentials),
    );
    expect(installed).toContain('Installing bakery-oat (1.0)');
    const grain = ['run', 'python', '-c', 'import bakery_oat; print(bakery_oat.grain, bakery_oat.__file__)'];
    const printed = await succeeds(run('poetry', grain, project, poetryCredentials));
    expect(printed).toContain(`oat ${folder}`);
  });

  test('pip is not given a stranger’s package: the wrong token opens nothing', async () => {
    const wrong = indexUrl.replace(token, 'wrong');
    const target = join(folder, 'wrong-target');
    const options = ['--isolated', '--no-cache-dir', '--no-input', '--index-url', wrong, '--target', target];
    const refused = await run('pip', ['install', ...options, 'bakery-oat'], folder);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('No matching distribution found for bakery-oat');
  });
});

/** Makes the environment once; other pins make it anew. */
async function installClients(): Promise<void> {
  const marker = join(venv, 'nx-pypi-pins');
  const made = await readFile(marker, 'utf8').catch(() => '');
  if (made === pins.join('\n')) return;
  await rm(venv, { recursive: true, force: true });
  await succeeds(execute('python3', ['-m', 'venv', venv], { env: process.env }));
  const args = ['install', '--quiet', '--disable-pip-version-check', ...pins];
  await succeeds(execute(join(venv, 'bin', 'pip'), args, { env: process.env }));
  await writeFile(marker, pins.join('\n'));
}

/** A package `bakery-<grain>` 1.0 with its wheel and sdist in `dist/`, built by poetry-core, which poetry brings along. */
async function built(grain: string): Promise<string> {
  const project = join(folder, grain);
  await mkdir(join(project, `bakery_${grain}`), { recursive: true });
  await writeFile(join(project, 'pyproject.toml'), manifest(grain, []));
  await writeFile(join(project, `bakery_${grain}`, '__init__.py'), `grain = "${grain}"\n`);
  await succeeds(run('python', ['-m', 'build', '--no-isolation'], project));
  return project;
}

function manifest(grain: string, dependencies: readonly string[]): string {
  return `[project]
name = "bakery-${grain}"
version = "1.0"
description = "A loaf of ${grain}"
requires-python = ">=3.9"
dependencies = ${JSON.stringify(dependencies)}

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
`;
}

async function distributions(project: string): Promise<readonly string[]> {
  const files = await readdir(join(project, 'dist'));
  return files.map((file) => join(project, 'dist', file));
}

async function twine(files: readonly string[], username: string, password: string): Promise<Ran> {
  const options = ['--non-interactive', '--disable-progress-bar', '--verbose', '--repository-url', uploadUrl];
  return run('twine', ['upload', ...options, '--username', username, '--password', password, ...files], folder);
}

async function uvPublish(files: readonly string[], extra: readonly string[]): Promise<Ran> {
  const options = ['--no-config', '--publish-url', uploadUrl, '--username', 'baker', '--password', token];
  return run('uv', ['publish', ...options, ...extra, ...files], folder);
}

async function page(name: string): Promise<string> {
  const url = `${registry.url}/api/v4/groups/7/-/packages/pypi/simple/${name}/`;
  return (await fetch(url, { headers: { 'PRIVATE-TOKEN': token } })).text();
}

async function names(name: string): Promise<readonly string[]> {
  return [...(await page(name)).matchAll(/>([^<]+)<\/a>/g)].flatMap((match) => match[1] ?? []).toSorted();
}

/** Runs a client with an environment of its own: nothing of this machine's configuration reaches it. */
async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const env = {
    PATH: `${join(venv, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    COLUMNS: '1000',
    UV_PYTHON: join(venv, 'bin', 'python'),
    ...environment,
  };
  return execute(join(venv, 'bin', program), args, { cwd, env });
}

/** The output of a client that did what it was asked to. */
async function succeeds(running: Promise<Ran>): Promise<string> {
  const { code, output } = await running;
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
  return output;
}

async function execute(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((resolveRan) => {
    execFile(program, args, { ...options, timeout: 120_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolveRan({ code, output: stdout + stderr });
    });
  });
}
