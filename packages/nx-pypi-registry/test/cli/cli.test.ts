import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { main } from '../../src/cli/main.ts';
import { faultHelp, parseFault } from '../../src/cli/parse-fault.ts';
import { welcome } from '../../src/cli/welcome.ts';
import type { Fault } from '../../src/index.ts';
import { basic, start, temporaryFolder, upload } from '../start.ts';

interface Recorded {
  readonly out: string;
  readonly error: string;
  readonly code: number;
}

async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  whileRunning: (out: string) => Promise<void> = async () => {},
): Promise<Recorded> {
  let [out, error] = ['', ''];
  const code = await main(args, {
    environment,
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    stopped: () => whileRunning(out),
  });
  return { out, error, code };
}

describe('serve', () => {
  test('runs a registry until it is stopped, and shows every request', async () => {
    const storage = await temporaryFolder();
    const args = [
      'serve',
      '--port',
      '0',
      '--storage',
      storage,
      '--base-path',
      '/gitlab',
      '--forwarding',
      'http://127.0.0.1:9',
    ];
    const { out, code } = await run(args, { NX_PYPI_TOKEN: 'stage-door' }, async (printed) => {
      const url = /URL +(\S+)/.exec(printed)?.[1] ?? '';
      expect((await upload({ url }, { project: 'local%2Fpackages', headers: basic('stage-door') })).status).toBe(201);
      const index = `${url}/api/v4/groups/local/-/packages/pypi/simple`;
      expect((await fetch(`${index}/tuba/`)).status).toBe(200);
      const unknown = await fetch(`${index}/viola/`, { redirect: 'manual' });
      expect(unknown.headers.get('location')).toBe('http://127.0.0.1:9/simple/viola/');
    });
    expect(code).toBe(0);
    expect(out).toContain('POST /gitlab/api/v4/projects/local%2Fpackages/packages/pypi 201\n');
    expect(out).not.toContain('stage-door');
  });

  test('makes up a token where none is given', async () => {
    const storage = await temporaryFolder();
    const { out } = await run(['--port', '0', '--storage', storage], {}, async (printed) => {
      const [url = '', token = ''] = [/URL +(\S+)/, /Token +(\S+)/].map((pattern) => pattern.exec(printed)?.[1] ?? '');
      expect((await upload({ url }, { project: '1', headers: basic(token) })).status).toBe(201);
    });
    expect(out).toMatch(/Token +local-[0-9a-f]{24} /);
  });

  test('says why it cannot start', async () => {
    const registry = await start();
    const { error, code } = await run(['--port', String(registry.port), '--storage', await temporaryFolder()]);
    expect([code, error]).toEqual([1, `listen EADDRINUSE: address already in use 127.0.0.1:${registry.port}\n`]);
  });

  test('tells how to use it, and warns where others can reach it', () => {
    const about = { url: 'http://127.0.0.1:8929', storage: '/music/packages', token: 'local-abc' };
    expect(welcome({ ...about, host: '0.0.0.0' })).toMatchInlineSnapshot(`
      "A GitLab PyPI registry for trying and testing only: no TLS, no accounts, no backup.

        URL       http://127.0.0.1:8929
        Group     local   index   http://127.0.0.1:8929/api/v4/groups/1/-/packages/pypi/simple
        Project   local/packages   upload   http://127.0.0.1:8929/api/v4/projects/1/packages/pypi
        Token     local-abc (any user name; reading needs none)
        Storage   /music/packages

        pip install --index-url http://127.0.0.1:8929/api/v4/groups/1/-/packages/pypi/simple NAME
        uv publish --publish-url http://127.0.0.1:8929/api/v4/projects/1/packages/pypi --username local --password local-abc
        twine upload --repository-url http://127.0.0.1:8929/api/v4/projects/1/packages/pypi --username local --password local-abc dist/*

      Other machines can reach 0.0.0.0: everyone there may read, and the token travels without encryption.

      Ctrl+C stops it.

      "
    `);
    expect(welcome({ ...about, host: '127.0.0.1' })).not.toContain('Other machines');
    expect(welcome({ ...about, host: 'localhost', token: null })).toContain('--password "$NX_PYPI_TOKEN"');
  });
});

describe('serve with faults', () => {
  test('goes wrong as it was told, and then works', async () => {
    const args = ['--port', '0', '--storage', await temporaryFolder(), '--fault', 'status=502 on=index times=2'];
    const statuses: number[] = [];
    await run(args, { NX_PYPI_TOKEN: 'a-token' }, async (out) => {
      const index = /index\s+(\S+)/.exec(out)?.[1] ?? '';
      for (let visit = 0; visit < 3; visit += 1) statuses.push((await fetch(index)).status);
    });
    expect(statuses).toEqual([502, 502, 200]);
  });
});

describe('conformance', () => {
  test('prints what differs, and what it left behind', async () => {
    const registry = await start({ features: { olderErrors: true } });
    const args = [
      'conformance',
      '--url',
      `${registry.url}/api/v4/`,
      '--project',
      '9',
      '--group',
      '7',
      '--patience',
      '0',
    ];
    const tokens = { NX_PYPI_TOKEN: 'dora-token', NX_PYPI_TOKEN_GUEST: 'gus-token', NX_PYPI_TOKEN_JOB: '' };
    const { out, code } = await run(args, tokens);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^2 {4}n\/a {8}the project may be named by its full path \[docs, spec\]\n {16}needs the project's full path/,
    );
    expect(out).toMatch(
      /\d+ cases as GitLab, 0 different, \d+ not applicable\.\nLeft behind in the registry:\n {2}Nx_Pypi/,
    );
    expect(out).not.toContain('needs the token of a guest');
    expect(out).toContain('needs the token of a running job that may publish: NX_PYPI_TOKEN_JOB\n');
  });

  test('is a failure where the server differs or cannot be reached', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'rest' }, times: Infinity, effect: { kind: 'status', status: 404 } });
    const args = ['conformance', '--project', '9', '--patience', '0', '--url'];
    expect(await run([...args, registry.url], { NX_PYPI_TOKEN: 'dora-token' })).toMatchObject({ code: 1, error: '' });
    await registry.close();
    const { code, error } = await run([...args, registry.url], { NX_PYPI_TOKEN: 'dora-token' });
    expect([code, error]).toEqual([1, `fetch failed: connect ECONNREFUSED 127.0.0.1:${registry.port}\n`]);
  });
});

describe('the command line', () => {
  test('has defaults that reach nobody else', () => {
    expect(parseArguments([])).toEqual({
      kind: 'serve',
      host: '127.0.0.1',
      port: 8929,
      storage: '.nx-pypi-registry',
      basePath: '',
      forwarding: null,
      faults: { faults: [] },
    });
  });

  test.each([
    [['sing'], 'Unknown command sing.'],
    [['serve', 'loudly'], 'Unknown argument loudly.'],
    [['--port', 'forte'], '--port forte is no port number.'],
    [['--port', '70000'], '--port 70000 is no port number.'],
    [['conformance', '--project', '9'], 'conformance needs --url, the URL of a server.'],
    [['conformance', '--url', 'localhost', '--project', '9'], 'conformance needs --url, the URL of a server.'],
    [['conformance', '--url', 'http://localhost'], 'conformance needs --project, an id or a full path.'],
    [
      ['conformance', '--url', 'http://localhost', '--project', '9', '--patience', 'long'],
      '--patience long is no number of seconds.',
    ],
    [['--tempo'], "Unknown option '--tempo'"],
    [['--fault', 'fire'], 'There is no fault fire.'],
    [['--fault', ''], 'A fault needs an effect.'],
    [['--fault', 'status'], 'status needs a number: status=503'],
    [['--fault', 'slow=very'], 'slow needs milliseconds: slow=500'],
    [['--fault', 'too-many-requests'], 'too-many-requests needs seconds: too-many-requests=7'],
    [['--fault', 'stale bytes=3'], 'stale has no bytes.'],
    [['--fault', 'cut bytes=few'], 'bytes=few is no number.'],
    [['--fault', 'cut when=later'], 'when=later is neither before nor after-storing.'],
    [['--fault', 'cut', '--fault', 'stall on=stage'], 'on=stage is none of upload, index, page, download, rest.'],
    [['--rate-limit', '60'], '--rate-limit 60 is not of the form 60/15.'],
    [['--rate-limit', '60/0'], '--rate-limit 60/0 is not of the form 60/15.'],
  ])('%j is refused', async (args, reason) => {
    const { code, error } = await run(args);
    expect(code).toBe(2);
    expect(error).toContain(reason);
    expect(error).toContain('--help says more.\n');
  });

  test.each<[string, Fault]>([
    ['too-many-requests=7', { effect: { kind: 'too-many-requests', retryAfter: 7 } }],
    ['status=502', { effect: { kind: 'status', status: 502 } }],
    [
      'status=503 on=upload when=after-storing times=2',
      { effect: { kind: 'status', status: 503, when: 'after-storing' }, on: { route: 'upload' }, times: 2 },
    ],
    ['slow=500 method=GET', { effect: { kind: 'slow', milliseconds: 500 }, on: { method: 'GET' } }],
    ['cut bytes=10 on=download', { effect: { kind: 'cut', bytes: 10 }, on: { route: 'download' } }],
    [
      'stall path=a=b after=3 times=always',
      { effect: { kind: 'stall' }, on: { path: 'a=b' }, after: 3, times: Infinity },
    ],
    ['stale times=4', { effect: { kind: 'stale' }, times: 4 }],
    ['storage-redirect', { effect: { kind: 'storage-redirect' } }],
    ['name-taken', { effect: { kind: 'name-taken' } }],
    [' older-errors ', { effect: { kind: 'older-errors' } }],
  ])('arms a fault: %s', (text, fault) => {
    expect(parseArguments(['--fault', text])).toMatchObject({ kind: 'serve', faults: { faults: [fault] } });
  });

  test.each([
    ['60/15', { requests: 60, seconds: 15 }],
    ['60/15 announced', { requests: 60, seconds: 15, announced: true }],
  ])('limits the rate: %s', (text, rateLimit) => {
    expect(parseArguments(['--rate-limit', text])).toMatchObject({ faults: { faults: [], rateLimit } });
  });

  test('every effect is in the help, and only effects that there are', () => {
    const named = [...faultHelp.matchAll(/^ {6}([a-z-]+)(?:=[A-Z]+)?(?: \| ([a-z]+))?(?= |$)/gm)].flatMap(
      ([, ...words]) => words,
    );
    const effects = named.filter((word) => word !== undefined && !['and', 'on', 'times', 'after'].includes(word));
    const armed = effects.filter((word) => parseFault(`${word}=500`).kind === 'fault');
    expect(armed).toEqual(effects);
    expect(effects).toHaveLength(9);
  });

  test('helps', async () => {
    expect(await run(['-h'])).toMatchObject({ code: 0, out: expect.stringContaining('--storage FOLDER') as string });
  });
});
