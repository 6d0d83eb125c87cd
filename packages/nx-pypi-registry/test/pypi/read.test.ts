import { get } from 'node:http';
import { text as consume } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { htmlPage } from '../../src/pypi/page-html.ts';
import { wantsJson } from '../../src/pypi/page-json.ts';
import { basic, read, start, upload } from '../start.ts';

const page = '/projects/9/packages/pypi/simple/tuba/';

async function link(registry: { readonly url: string }, path = page): Promise<string> {
  return /href="([^"#]+)/.exec(await (await read(registry, path)).text())?.[1] ?? '';
}

/** Asks with another Host header, as a port mapping or proxy makes clients do. */
async function textWithHost(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { ...basic('dora-token'), Host: host } }, (response) => {
      consume(response).then(resolve, reject);
    }).once('error', reject);
  });
}

test('a page is written in GitLab’s template, with everything escaped', () => {
  const anchors = [
    { href: 'https://localhost/a?b&c', text: '<tuba>', requiresPython: '>=3.9,<4' },
    { href: 'https://localhost/"d"', text: "tuba's", requiresPython: '' },
  ];
  expect(htmlPage('T&T', anchors)).toMatchInlineSnapshot(`
    "<!DOCTYPE html>
            <html>
              <head>
                <title>Links for T&amp;T</title>
              </head>
              <body>
                <h1>Links for T&amp;T</h1>
                <a href="https://localhost/a?b&amp;c" data-requires-python="&gt;=3.9,&lt;4">&lt;tuba&gt;</a><a href="https://localhost/&quot;d&quot;" data-requires-python="">tuba&#39;s</a>
              </body>
            </html>
    "
  `);
});

test.each([
  ['application/vnd.pypi.simple.v1+json', true],
  ['text/html;q=0.9, application/vnd.pypi.simple.v1+json;q=0.1', true],
  ['application/vnd.pypi.simple.latest+json', true],
  ['application/vnd.pypi.simple.v1+html, text/html', false],
  ['application/json', false],
  ['', false],
])('Accept %j asks for JSON: %s', (accept, expected) => {
  expect(wantsJson(accept)).toBe(expected);
});

describe('links', () => {
  test('lead to the address under which the client came, and to the base path', async () => {
    const registry = await start({ basePath: '/gitlab/' });
    await upload(registry);
    expect(await link(registry)).toMatch(
      `http://127.0.0.1:${registry.port}/gitlab/api/v4/projects/9/packages/pypi/files/`,
    );
    expect(await textWithHost(`${registry.url}/api/v4${page}`, 'orchestra.test')).toContain(
      'href="http://orchestra.test/gitlab/api/v4/projects/9/packages/pypi/files/',
    );
    expect((await fetch(`http://127.0.0.1:${registry.port}/api/v4${page}`)).status).toBe(404);
  });

  test.each(['tuba 1.0.whl', 'tuba-1.0+local.1.whl', 'túba.whl', '50%.whl', 'a#b?.whl'])(
    'to %s can be followed',
    async (filename) => {
      const registry = await start();
      await upload(registry, { filename });
      const response = await fetch(await link(registry), { headers: basic('dora-token') });
      expect([response.status, await response.text()]).toEqual([200, 'the tuba part']);
      expect(response.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(filename)}`);
    },
  );

  test('with a local version keep their plus', async () => {
    const registry = await start();
    await upload(registry, { filename: 'tuba-1.0+local.1.whl' });
    expect(await link(registry)).toMatch(/\/tuba-1\.0\+local\.1\.whl$/);
  });
});

describe('a download', () => {
  test('serves ranges and HEAD', async () => {
    const registry = await start();
    await upload(registry);
    const url = await link(registry);
    const part = await fetch(url, { headers: { ...basic('dora-token'), Range: 'bytes=4-7' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 4-7/13', 'tuba']);
    const head = await fetch(url, { method: 'HEAD', headers: basic('dora-token') });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '13', '']);
  });

  test('of the group’s link is the same file', async () => {
    const registry = await start();
    await upload(registry);
    const url = await link(registry, '/groups/orchestra/-/packages/pypi/simple/tuba/');
    expect(url).toContain('/api/v4/groups/7/-/packages/pypi/files/');
    expect(await (await fetch(url, { headers: basic('dora-token') })).text()).toBe('the tuba part');
    expect((await fetch(url.replace('groups/7', 'groups/8'), { headers: basic('max-token') })).status).toBe(404);
  });

  test('of a file without digest is not found', async () => {
    const registry = await start();
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: 'tuba', version: '1.0' })) form.append(name, value);
    form.append('content', new Blob(['the tuba part']), 'tuba.whl');
    const url = `${registry.url}/api/v4/projects/9/packages/pypi`;
    await fetch(url, { method: 'POST', headers: basic('dora-token'), body: form });
    expect((await fetch(await link(registry), { headers: basic('dora-token') })).status).toBe(404);
  });
});

describe('a group page', () => {
  test('merges the files of all its projects, oldest first', async () => {
    const registry = await start();
    await upload(registry, { project: '12', filename: 'from-bandstand.whl', headers: basic('max-token') });
    await upload(registry, { project: '13', filename: 'from-cellar.whl', headers: basic('max-token') });
    const text = await (await read(registry, '/groups/town/-/packages/pypi/simple/tuba/', basic('max-token'))).text();
    expect([...text.matchAll(/>([^<]+\.whl)</g)].map((match) => match[1])).toEqual([
      'from-bandstand.whl',
      'from-cellar.whl',
    ]);
    const anonymous = await (await read(registry, '/groups/town/-/packages/pypi/simple/tuba/', {})).text();
    expect(anonymous).not.toContain('from-cellar.whl');
  });
});

describe('requires-python', () => {
  test('is each file’s own on the page, and the last upload’s on the index', async () => {
    const registry = await start();
    await upload(registry, { filename: 'a.whl', fields: { requires_python: '>=3.9' } });
    await upload(registry, { filename: 'b.whl', fields: { requires_python: '>=3.12' } });
    const text = await (await read(registry, page)).text();
    expect([...text.matchAll(/data-requires-python="([^"]*)"/g)].map((match) => match[1])).toEqual([
      '&gt;=3.9',
      '&gt;=3.12',
    ]);
    expect(await (await read(registry, '/projects/9/packages/pypi/simple/')).text()).toContain('"&gt;=3.12"');
  });
});

test('forwarding without a base leads to a host that does not exist', async () => {
  const registry = await start({ features: { forwarding: true } });
  const response = await read(registry, page);
  expect([response.status, response.headers.get('location')]).toEqual([
    302,
    'https://public-index.invalid/simple/tuba/',
  ]);
});

test('an index as JSON names every package once, sorted', async () => {
  const registry = await start({ features: { pep691: true } });
  for (const [name, version] of [
    ['viola', '1.0'],
    ['tuba', '1.0'],
    ['tuba', '2.0'],
  ] as const) {
    await upload(registry, { name, version });
  }
  const accept = { ...basic('dora-token'), Accept: 'application/vnd.pypi.simple.v1+json' };
  expect(await (await read(registry, '/groups/7/-/packages/pypi/simple/', accept)).json()).toEqual({
    meta: { 'api-version': '1.0' },
    projects: [{ name: 'tuba' }, { name: 'viola' }],
  });
});
