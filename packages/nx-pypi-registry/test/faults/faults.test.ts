import { describe, expect, test } from 'vitest';
import { basic, filesOnPage, read, rest, start, upload } from '../start.ts';

const page = '/projects/9/packages/pypi/simple/tuba/';

async function href(registry: { readonly url: string }): Promise<string> {
  const text = await (await read(registry, page)).text();
  return /href="([^"#]+)/.exec(text)?.[1] ?? '';
}

describe('too many requests', () => {
  test('answer as GitLab throttles: plain text, Retry-After and the RateLimit headers', async () => {
    const registry = await start({ faults: { faults: [{ effect: { kind: 'too-many-requests', retryAfter: 7 } }] } });
    const response = await upload(registry);
    expect(response.status).toBe(429);
    expect(await response.text()).toBe('Retry later\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': expect.stringMatching(/^text\/plain/) as string,
      'retry-after': '7',
      'ratelimit-name': 'throttle_authenticated_packages_api',
      'ratelimit-remaining': '0',
      'ratelimit-limit': '1000',
      'ratelimit-observed': '1001',
      'ratelimit-reset': expect.stringMatching(/^\d+$/) as string,
      'ratelimit-resettime': expect.stringMatching(/GMT$/) as string,
    });
    expect((await upload(registry)).status).toBe(201);
  });
});

describe('a status', () => {
  test('before storing leaves nothing behind', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'status', status: 502 } });
    const response = await upload(registry);
    expect([response.status, await response.text()]).toEqual([502, '<html><body><h1>502</h1></body></html>']);
    expect(await filesOnPage(registry, 'tuba')).toEqual([]);
    expect((await upload(registry)).status).toBe(201);
  });

  test('after storing has the file stored: the retry is a duplicate', async () => {
    const registry = await start();
    const effect = { kind: 'status', status: 503, when: 'after-storing', headers: { 'Retry-After': '1' } } as const;
    registry.faults.arm({ on: { route: 'upload' }, effect });
    const response = await upload(registry);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba-1.0.tar.gz']);
    expect((await upload(registry)).status).toBe(400);
  });

  test('may have a JSON body', async () => {
    const registry = await start();
    registry.faults.arm({ effect: { kind: 'status', status: 500, body: { message: '500 Internal Server Error' } } });
    expect(await (await read(registry, page)).json()).toEqual({ message: '500 Internal Server Error' });
  });
});

describe('a cut connection', () => {
  test('before storing stores nothing', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'cut' } });
    await expect(upload(registry)).rejects.toThrow('fetch failed');
    expect(registry.requests.at(-1)?.status).toBe(0);
    expect(await filesOnPage(registry, 'tuba')).toEqual([]);
  });

  test('after storing has the file stored', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'cut', when: 'after-storing' } });
    await expect(upload(registry)).rejects.toThrow('fetch failed');
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba-1.0.tar.gz']);
  });

  test.each(['page', 'download'] as const)('inside a %s gives its beginning only', async (route) => {
    const registry = await start();
    await upload(registry, { content: 'x'.repeat(200_000) });
    const url = await href(registry);
    registry.faults.arm({ on: { route }, effect: { kind: 'cut', bytes: 10 } });
    const target = route === 'page' ? `${registry.url}/api/v4${page}` : url;
    const response = await fetch(target, { headers: basic('dora-token') });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect((await (await fetch(target, { headers: basic('dora-token') })).text()).length).toBeGreaterThan(10);
  });
});

describe('a stalled connection', () => {
  test('stays silent, and does not keep the registry from closing', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'page' }, effect: { kind: 'stall' } });
    const signal = AbortSignal.timeout(150);
    const url = `${registry.url}/api/v4${page}`;
    await expect(fetch(url, { headers: basic('dora-token'), signal })).rejects.toThrow('aborted due to timeout');
    registry.faults.arm({ on: { route: 'page' }, effect: { kind: 'stall' } });
    const ended = fetch(url, { headers: basic('dora-token') }).catch((error: Error) => error.message);
    await expect.poll(() => registry.requests.length).toBe(2);
    await registry.close();
    expect(await ended).toBe('fetch failed');
  });

  test('may stall inside the body', async () => {
    const registry = await start();
    await upload(registry, { content: 'x'.repeat(200_000) });
    const url = await href(registry);
    registry.faults.arm({ on: { route: 'download' }, effect: { kind: 'stall', bytes: 10 } });
    const response = await fetch(url, { headers: basic('dora-token'), signal: AbortSignal.timeout(300) });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(10);
    await expect(reader?.read()).rejects.toThrow('aborted due to timeout');
  });
});

test('a slow answer comes later', async () => {
  const registry = await start();
  registry.faults.arm({ effect: { kind: 'slow', milliseconds: 120 } });
  const started = performance.now();
  expect((await upload(registry)).status).toBe(201);
  expect(performance.now() - started).toBeGreaterThan(115);
});

describe('a stale index', () => {
  test('does not show for so many reads what was stored after the fault was armed', async () => {
    const registry = await start();
    await upload(registry, { filename: 'old.whl' });
    registry.faults.arm({ on: { route: 'page' }, times: 2, effect: { kind: 'stale' } });
    expect(await filesOnPage(registry, 'tuba')).toEqual(['old.whl']);
    await upload(registry, { filename: 'new.whl' });
    expect(await filesOnPage(registry, 'tuba')).toEqual(['old.whl']);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['old.whl']);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['old.whl', 'new.whl']);
  });

  test('does not know a package at all whose first file is new', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'page' }, effect: { kind: 'stale' } });
    await upload(registry);
    expect((await read(registry, page)).status).toBe(404);
    expect((await read(registry, page)).status).toBe(200);
  });
});

describe('a storage redirect', () => {
  test('leads to another origin, which refuses credentials', async () => {
    const registry = await start();
    await upload(registry, { content: 'the tuba part' });
    const url = await href(registry);
    registry.faults.arm({ on: { route: 'download' }, effect: { kind: 'storage-redirect' } });
    const response = await fetch(url, { headers: basic('dora-token'), redirect: 'manual' });
    const location = response.headers.get('location') ?? '';
    expect(response.status).toBe(302);
    expect(new URL(location).origin).not.toBe(registry.url);
    expect(await (await fetch(location)).text()).toBe('the tuba part');
    expect((await fetch(location, { headers: basic('dora-token') })).status).toBe(400);
    expect((await fetch(location.replace(/Signature=.*/, 'Signature=forged'))).status).toBe(403);
    expect(registry.requests.filter(({ origin }) => origin === 'storage')).toMatchObject([
      { status: 200, hadAuthorization: false },
      { status: 400, hadAuthorization: true },
      { status: 403, hadAuthorization: false },
    ]);
    expect((await fetch(url, { headers: basic('dora-token') })).status).toBe(200);
  });
});

test('the loser of a race for a package row is told that the name was taken', async () => {
  const registry = await start();
  registry.faults.arm({ on: { route: 'upload' }, effect: { kind: 'name-taken' } });
  const response = await upload(registry);
  expect([response.status, await response.json()]).toEqual([
    400,
    { message: '400 Bad request - Validation failed: Name has already been taken' },
  ]);
  expect((await upload(registry)).status).toBe(201);
});

describe('older error texts', () => {
  const older = { message: 'Validation failed: File name has already been taken' };

  test('come for one request from a fault', async () => {
    const registry = await start();
    await upload(registry);
    registry.faults.arm({ effect: { kind: 'older-errors' } });
    expect(await (await upload(registry)).json()).toEqual(older);
    expect(await (await upload(registry)).json()).toEqual({ message: `400 Bad request - ${older.message}` });
  });

  test('come always from an older server', async () => {
    const registry = await start({ features: { olderErrors: true } });
    await upload(registry);
    expect(await (await upload(registry)).json()).toEqual(older);
  });
});

describe('the rate limit', () => {
  test('counts per caller and window, package routes only, and is announced where it is asked to', async () => {
    const registry = await start({ faults: { rateLimit: { requests: 2, seconds: 3600, announced: true } } });
    const first = await read(registry, page);
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['2', '1']);
    await read(registry, page);
    const third = await read(registry, page);
    expect([third.status, third.headers.get('ratelimit-observed')]).toEqual([429, '3']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await read(registry, page, basic('max-token'))).status).toBe(404);
    expect((await rest(registry, '/projects/9/packages')).status).toBe(200);
    registry.faults.limitRate(null);
    expect((await read(registry, page)).headers.get('ratelimit-limit')).toBeNull();
  });

  test('is silent until it is exceeded, as GitLab', async () => {
    const registry = await start();
    registry.faults.limitRate({ requests: 1, seconds: 3600 });
    expect((await read(registry, page)).headers.get('ratelimit-limit')).toBeNull();
    expect((await read(registry, page)).status).toBe(429);
  });

  test('lets callers in again when the window is over', async () => {
    const registry = await start();
    registry.faults.limitRate({ requests: 1, seconds: 1 });
    await read(registry, page);
    await expect.poll(async () => (await read(registry, page)).status, { timeout: 3000 }).toBe(404);
  });
});

describe('a fault', () => {
  test('lets requests pass first, hits so many, and is spent', async () => {
    const registry = await start();
    const armed = registry.faults.arm({ after: 1, times: 2, effect: { kind: 'status', status: 500 } });
    const statuses = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await read(registry, page)).status);
    expect(statuses).toEqual([404, 500, 500, 404, 404]);
    expect(armed.hits()).toBe(2);
    expect(registry.faults.armed()).toEqual([]);
  });

  test('hits only what it is aimed at', async () => {
    const registry = await start();
    const effect = { kind: 'status', status: 500 } as const;
    registry.faults.arm({ on: { path: '/simple/viola' }, times: Infinity, effect });
    registry.faults.arm({ on: { path: /\/groups\/7\//g }, times: Infinity, effect });
    registry.faults.arm({ on: { method: 'delete' }, times: Infinity, effect });
    registry.faults.arm({ on: { route: 'rest' }, times: Infinity, effect });
    registry.faults.arm({ on: { route: 'index' }, times: Infinity, effect });
    const paths = [
      page,
      '/projects/9/packages/pypi/simple/viola/',
      '/groups/7/-/packages/pypi/simple/tuba/',
      '/projects/9/packages',
      '/projects/9/packages/pypi/simple/',
    ];
    const statuses = [];
    for (const path of [...paths, ...paths]) statuses.push((await read(registry, path)).status);
    expect(statuses).toEqual([404, 500, 500, 500, 500, 404, 500, 500, 500, 500]);
    expect((await fetch(`${registry.url}/api/v4/projects/9`, { method: 'DELETE' })).status).toBe(500);
  });

  test('can be disarmed, alone and with all others', async () => {
    const registry = await start();
    const armed = registry.faults.arm({ times: Infinity, effect: { kind: 'status', status: 500 } });
    expect((await read(registry, page)).status).toBe(500);
    armed.disarm();
    expect((await read(registry, page)).status).toBe(404);
    registry.faults.arm({ times: Infinity, effect: { kind: 'status', status: 500 } });
    registry.faults.limitRate({ requests: 0, seconds: 60 });
    registry.faults.clear();
    expect((await read(registry, page)).status).toBe(404);
  });
});
