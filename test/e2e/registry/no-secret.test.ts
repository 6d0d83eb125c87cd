import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { localRealm, startRegistry, type Fault, type RouteKind } from 'nx-pypi-registry';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nxWorkspace, type NxWorkspace } from '../nx-workspace.ts';
import { clinicPackage, listen } from './clinic.ts';
import { commandLines, formsOf, leaksBelow, leaksIn } from './scan.ts';

/** Rule H2: a secret leaves the process in the Authorization header to the configured host, and in no other byte. */

const username = 'nurse';
const token = `glpat-Never+Print/Me==${process.pid}`;
const forms = formsOf(token, username);

/** Writes down what a build sees, and prints it, so that it ends in the build's log and in the report. */
const curious = (notes: string, fails: boolean): string => `
import json, os, sys
def _read(path):
    try:
        return open(path, 'rb').read().decode('latin1')
    except OSError as error:
        return str(error)
_seen = json.dumps([dict(os.environ), sys.argv, _read('/proc/self/environ'), _read('/proc/self/cmdline')])
open(${JSON.stringify(notes)}, 'a').write(_seen + '\\n')
print(_seen)
${fails ? "raise Exception('the doctor is out')" : ''}
`;

interface Clinic {
  readonly workspace: NxWorkspace;
  readonly home: string;
  /** What builds and tools saw of their environment. */
  readonly notes: string;
  readonly bin: string;
}

async function openClinic(options: Readonly<Record<string, unknown>>, fails = false): Promise<Clinic> {
  const home = await temporaryFolder();
  const notes = join(home, 'notes');
  writeFileSync(notes, '');
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const tool of ['git', 'python3', 'uv', 'keyring']) {
    const real = tool === 'keyring' ? 'exit 1' : `PATH="\${PATH#*:}" exec ${tool} "$@"`;
    writeFileSync(join(bin, tool), `#!/bin/sh\n{ echo "$0 $@"; /usr/bin/env; } >> '${notes}'\n${real}\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  const workspace = await nxWorkspace({
    packages: [],
    files: {
      ...clinicPackage('clinic-bandage', [], curious(notes, fails)),
      ...clinicPackage('clinic-splint', ['clinic-bandage'], curious(notes, false)),
    },
    options,
  });
  return { workspace, home, notes, bin };
}

interface Ran {
  readonly code: number;
  readonly leaks: readonly string[];
  readonly text: string;
}

/** Runs a command of the workspace with the token in its environment, and looks everywhere where it could have gone. */
async function watched(
  { workspace, home, notes, bin }: Clinic,
  command: readonly [file: string, ...args: string[]],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const [file, ...args] = command;
  const child = spawn(join(workspace.root, 'node_modules/.bin', file), args, {
    cwd: workspace.root,
    env: {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      TMPDIR: temporary,
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
      NO_COLOR: '1',
      NX_PYPI_USERNAME: username,
      NX_PYPI_TOKEN: token,
      UV_PUBLISH_TOKEN: token,
      TWINE_PASSWORD: token,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const lines = new Set<string>();
  child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  const timer = setInterval(() => {
    for (const line of commandLines(child.pid ?? 0)) lines.add(line);
  }, 20);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  clearInterval(timer);
  const leaks = [
    ...leaksIn('output', text, forms),
    ...leaksIn('command lines', [...lines].join('\n'), forms),
    ...leaksIn('environment of children', seenBy(readFileSync(notes, 'utf8'), file), forms),
    ...leaksBelow(workspace.root, forms, [join(workspace.root, 'node_modules')]),
    ...leaksBelow(home, forms, [notes]),
  ];
  return { code, leaks, text };
}

/** What children saw; those of Nx itself, which calls git with all that it has, are not ours to answer for. */
function seenBy(notes: string, file: string): string {
  return file === 'nx' ? notes.replace(/^\S+\/git [^\n]*\n(?:(?!\[\{|\S+\/\w+ )[^\n]*\n)*/gm, '') : notes;
}

const cli = (...args: string[]): readonly [string, ...string[]] => ['nx-pypi', ...args];
const publish = cli('publish', '--json');
const project = { project: 'local/packages', group: 'local' };

describe('the embedded registry', () => {
  it.each<[string, number, string, { readonly faults?: readonly Fault[]; readonly secret?: string }]>([
    ['all goes well', 0, 'published', {}],
    ['the token is wrong', 1, 'NXPYPI_UNAUTHORIZED', { secret: 'another' }],
    ['uploads fail', 1, 'NXPYPI_UPLOAD_REFUSED', { faults: [always('upload', { kind: 'status', status: 400 })] }],
    [
      'uploads are redirected',
      1,
      'NXPYPI_UPLOAD_REDIRECTED',
      {
        faults: [always('upload', { kind: 'status', status: 302, headers: { location: 'https://stranger.example/' } })],
      },
    ],
    ['answers are lost', 0, 'published', { faults: [twice('upload', { kind: 'cut', when: 'after-storing' })] }],
    ['pages are cut', 0, 'published', { faults: [twice('page', { kind: 'cut', bytes: 40 })] }],
    [
      'the proof is refused',
      1,
      'NXPYPI_MISSING_SCOPE',
      { faults: [always('rest', { kind: 'status', status: 403, body: { error: 'insufficient_scope' } })] },
    ],
  ])('%s', async (_title, code, says, { faults = [], secret = token }) => {
    const registry = await startRegistry({
      storage: await temporaryFolder(),
      realm: localRealm(secret),
      faults: { faults },
    });
    onTestFinished(() => registry.close());
    const clinic = await openClinic({ registry: { url: registry.url, ...project } });
    const ran = await watched(clinic, publish, { NX_PYPI_URL: registry.url });
    expect(ran.leaks).toEqual([]);
    expect(ran.text).toContain(says);
    expect(ran.code).toBe(code);
  });

  it('the token is used at all: without this, the other cases would prove nothing', async () => {
    const registry = await listen((_request, response) => void response.writeHead(500).end());
    const clinic = await openClinic({ registry: { url: registry.url, ...project } });
    await watched(clinic, cli('doctor'), { NX_PYPI_URL: registry.url });
    expect(registry.heard.some((heard) => forms.some((form) => heard.includes(form)))).toBe(true);
    for (const heard of registry.heard) expect(leaksIn('request', withoutAuthorization(heard), forms)).toEqual([]);
  });
});

describe('a registry that says back all that it hears', () => {
  const statuses = [200, 302, 400, 401, 403, 404, 409];

  it.each(statuses.map((status) => [status] as const))('%i, with the token in headers and body', async (status) => {
    const stranger = await listen((_request, response) => void response.writeHead(404).end());
    const registry = await listen(echo(status, stranger.url));
    const clinic = await openClinic({ registry: { url: registry.url, ...project } });
    const env = { NX_PYPI_URL: registry.url };
    const commands = [publish, cli('doctor', '--look-public', `${stranger.url}/simple/`)];
    for (const command of commands) {
      const { leaks, code } = await watched(clinic, command, env);
      expect(leaks).toEqual([]);
      expect(code).toBe(1);
    }
    expect(leaksIn('another host', stranger.heard.join('\n'), forms)).toEqual([]);
  });

  it.each(['list', 'status', 'plan', 'doctor'])('%s --json', async (command) => {
    const registry = await listen(echo(401, 'http://127.0.0.1:9'));
    const clinic = await openClinic({ registry: { url: registry.url, ...project } });
    const { leaks } = await watched(clinic, cli(command, '--json'), { NX_PYPI_URL: registry.url });
    expect(leaks).toEqual([]);
  });

  it('in nx: task output, cache and report', async () => {
    const registry = await listen(echo(400, 'http://127.0.0.1:9'));
    const clinic = await openClinic({ registry: { url: registry.url, ...project } });
    const ran = await watched(clinic, ['nx', 'run-many', '-t', 'publish'], { NX_PYPI_URL: registry.url });
    expect(ran.leaks).toEqual([]);
    expect(ran.code).toBe(1);
    expect(ran.text).toContain('NXPYPI_');
  });
});

describe('builds', () => {
  it('see no token, print none and keep none, also when they fail', async () => {
    const registry = await startRegistry({ storage: await temporaryFolder(), realm: localRealm(token) });
    onTestFinished(() => registry.close());
    const clinic = await openClinic({ registry: { url: registry.url, ...project } }, true);
    const env = {
      NX_PYPI_URL: registry.url,
      CI_JOB_TOKEN: token,
      NX_PYPI_OTHER_TOKEN: token,
      CI_SERVER_URL: 'https://ci.example',
    };
    const failing = await watched(clinic, publish, env);
    expect(failing.leaks).toEqual([]);
    expect(failing.code).toBe(1);
    expect(failing.text).toContain('the doctor is out');
    const seen = readFileSync(clinic.notes, 'utf8');
    expect(seen).toContain('/git ');
    expect(seen).toContain('/python3 ');
    expect(seen.split('\n').filter((line) => line.startsWith('[{')).length).toBeGreaterThan(0);
    expect(existsSync(join(clinic.workspace.root, '.nx/nx-pypi'))).toBe(true);
  });
});

describe('a configuration that is wrong', () => {
  it.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string>>, string]>([
    [
      'the token in the URL',
      { registry: { url: `https://nurse:${encodeURIComponent(token)}@clinic.example`, ...project } },
      {},
      'NXPYPI_CREDENTIALS_IN_URL',
    ],
    [
      'plain http',
      { registry: { url: 'http://clinic.example', ...project } },
      { NX_PYPI_URL: 'http://clinic.example' },
      'NXPYPI_INSECURE_REGISTRY',
    ],
    [
      'a token for no origin',
      { registry: { url: 'https://clinic.example', ...project } },
      {},
      'NXPYPI_CREDENTIAL_NOT_BOUND',
    ],
    [
      'a registry that is down',
      { registry: { url: 'https://127.0.0.1:9', ...project } },
      { NX_PYPI_URL: 'https://127.0.0.1:9' },
      'NXPYPI_REGISTRY_UNREACHABLE',
    ],
  ])('%s', async (_title, options, env, code) => {
    const clinic = await openClinic(options);
    const nxJson = join(clinic.workspace.root, 'nx.json');
    for (const command of [cli('doctor'), publish]) {
      const ran = await watched(clinic, command, env);
      const made = ran.leaks.filter((leak) => !leak.startsWith(nxJson) && !leak.includes('/.git/'));
      expect(made).toEqual([]);
      expect(ran.text).toContain(code);
      expect(ran.code).toBe(1);
    }
  });

  it('the password of a proxy that is down is in no message', async () => {
    const clinic = await openClinic({ registry: { url: 'https://clinic.example', ...project } });
    const password = 'proxy+Key/1==';
    const env = {
      NX_PYPI_URL: 'https://clinic.example',
      https_proxy: `http://nurse:${encodeURIComponent(password)}@127.0.0.1:9`,
    };
    const { text, leaks } = await watched(clinic, cli('doctor'), env);
    expect(text).toContain('NXPYPI_REGISTRY_UNREACHABLE');
    expect([...leaks, ...leaksIn('output', text, formsOf(password, 'nurse'))]).toEqual([]);
  });
});

function always(route: RouteKind, effect: Fault['effect']): Fault {
  return { on: { route }, effect, times: 99 };
}

function twice(route: RouteKind, effect: Fault['effect']): Fault {
  return { on: { route }, effect, times: 2 };
}

/** Answers with everything that came, in every place that an answer has. */
function echo(status: number, elsewhere: string): RequestListener {
  return (request, response) => {
    const basic = (request.headers.authorization ?? '').replace(/^Basic /, '');
    const heard = [...forms, basic].join(' and ');
    const type = request.headers.accept?.includes('json') === true ? 'application/json' : 'text/html';
    response.writeHead(status, {
      'content-type': type,
      'www-authenticate': `Basic realm="${encodeURIComponent(token)}"`,
      location: `${elsewhere}/simple/${encodeURIComponent(token)}/?private_token=${encodeURIComponent(token)}`,
      'x-heard': Buffer.from(heard).toString('base64'),
    });
    response.end(
      type === 'application/json'
        ? JSON.stringify({ message: heard, error: heard })
        : `<html><body><h1>${heard}</h1></body></html>`,
    );
  };
}

/** A request as it came, without the one header in which the secret belongs. */
function withoutAuthorization(heard: string): string {
  return heard.replace(/^authorization\n.*$/gim, '');
}
