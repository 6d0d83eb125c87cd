import { describe, expect, test } from 'vitest';
import { pageOf } from '../../src/rest/paging.ts';
import { parseListParameters } from '../../src/rest/parameters.ts';
import { basic, filesOnPage, read, rest, start, upload } from '../start.ts';

describe('paging', () => {
  const url = 'http://localhost/api/v4/projects/9/packages?package_type=pypi&private_token=secret';

  test('leads forth and back, and never repeats a token', () => {
    const { items, headers } = pageOf([1, 2, 3, 4, 5], 2, 2, url);
    expect(items).toEqual([3, 4]);
    const to = (page: number): string =>
      `<http://localhost/api/v4/projects/9/packages?package_type=pypi&page=${page}&per_page=2>`;
    expect(headers).toEqual({
      Link: `${to(1)}; rel="prev", ${to(3)}; rel="next", ${to(1)}; rel="first", ${to(3)}; rel="last"`,
      'X-Next-Page': '3',
      'X-Page': '2',
      'X-Per-Page': '2',
      'X-Prev-Page': '1',
      'X-Total': '5',
      'X-Total-Pages': '3',
    });
  });

  test('has totals up to 10 000 rows, and none above', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => row);
    expect(pageOf(rows, 1, 100, url).headers).toMatchObject({ 'X-Total': '10000', 'X-Total-Pages': '100' });
    const { headers } = pageOf([...rows, 10_000], 1, 100, url);
    expect(Object.keys(headers)).not.toContain('X-Total');
    expect(headers['Link']).not.toContain('last');
    expect(headers['X-Next-Page']).toBe('2');
  });

  test('beyond the end is empty', () => {
    expect(pageOf([1], 5, 20, url)).toMatchObject({ items: [], headers: { 'X-Next-Page': '', 'X-Prev-Page': '1' } });
  });
});

test('parameters that GitLab does not know are refused together', () => {
  const query = new Map(
    Object.entries({ package_type: 'snap', order_by: 'project_path', sort: 'up', page: 'two', per_page: '0' }),
  );
  expect(parseListParameters(query, ['created_at', 'name'])).toMatchObject({
    refusal: {
      status: 400,
      body: {
        error:
          'package_type does not have a valid value, order_by does not have a valid value, sort does not have a valid value, page is invalid, per_page has a value not allowed',
      },
    },
  });
});

describe('a list', () => {
  test('shows a package as GitLab’s entity', async () => {
    const registry = await start();
    await upload(registry, { headers: basic('job-token', 'gitlab-ci-token') });
    const [seen] = (await (await rest(registry, '/projects/9/packages', 'max-token')).json()) as object[];
    expect(seen).toEqual({
      id: 1,
      name: 'tuba',
      version: '1.0',
      package_type: 'pypi',
      status: 'default',
      _links: {
        web_path: '/orchestra/registry/-/packages/1',
        delete_api_path: `${registry.url}/api/v4/projects/9/packages/1`,
      },
      created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      last_downloaded_at: null,
      tags: [],
      pipeline: {
        id: 501,
        iid: 3,
        project_id: 10,
        sha: '0ec9e58f'.repeat(5),
        ref: 'main',
        status: 'success',
        source: 'push',
        created_at: expect.any(String) as string,
        updated_at: expect.any(String) as string,
        web_url: `${registry.url}/orchestra/strings/-/pipelines/501`,
        user: { id: 1, username: 'dora', name: 'dora', state: 'active' },
      },
      pipelines: [],
    });
    expect(await (await rest(registry, '/projects/9/packages')).text()).not.toContain('delete_api_path');
  });

  test.each([
    ['package_name=UB', ['tuba', 'tuba', 'tubular_bells']],
    ['package_name=tubular-bells', []],
    ['package_version=1.0', ['tuba', 'tubular_bells', 'viola']],
    ['package_type=npm', []],
    ['status=error', []],
    ['status=default&order_by=name&sort=desc', ['viola', 'tubular_bells', 'tuba', 'tuba']],
    ['per_page=2&page=2', ['tubular_bells', 'viola']],
  ])('with %s shows %j', async (query, names) => {
    const registry = await start();
    for (const version of ['1.0', '2.0']) await upload(registry, { version });
    await upload(registry, { name: 'tubular_bells' });
    await upload(registry, { name: 'viola' });
    const items = (await (await rest(registry, `/projects/9/packages?${query}`)).json()) as { name: string }[];
    expect(items.map(({ name }) => name)).toEqual(names);
  });

  test('of a group can leave subgroups out, and be ordered by project', async () => {
    const registry = await start();
    await upload(registry, { project: '13', headers: basic('max-token') });
    await upload(registry, { project: '12', headers: basic('max-token') });
    const paths = async (query: string): Promise<readonly string[]> => {
      const items = await (await rest(registry, `/groups/town/packages${query}`, 'max-token')).json();
      return (items as { project_path: string }[]).map((item) => item.project_path);
    };
    expect(await paths('')).toEqual(['town/cellar', 'town/bandstand']);
    expect(await paths('?order_by=project_path&exclude_subgroups=true')).toEqual(['town/bandstand', 'town/cellar']);
  });
});

describe('one package', () => {
  test('names its other versions, and when it was last downloaded', async () => {
    const registry = await start();
    for (const version of ['1.0', '2.0']) await upload(registry, { version });
    const page = await (await read(registry, '/projects/9/packages/pypi/simple/tuba/')).text();
    await fetch(/href="([^"#]+)/.exec(page)?.[1] ?? '', { headers: basic('dora-token') });
    expect(await (await rest(registry, '/projects/9/packages/1')).json()).toMatchObject({
      version: '1.0',
      last_downloaded_at: expect.stringMatching(/Z$/) as string,
      versions: [{ id: 2, version: '2.0', tags: [] }],
    });
  });

  test('is not found under another project, or where it never was', async () => {
    const registry = await start();
    await upload(registry);
    for (const path of ['/projects/12/packages/1', '/projects/9/packages/2']) {
      const response = await rest(registry, path);
      expect([response.status, await response.json()]).toEqual([404, { message: '404 Package Not Found' }]);
    }
  });

  test('lists its pipelines, each once, the newest first', async () => {
    const registry = await start();
    for (const filename of ['a.whl', 'b.whl']) {
      await upload(registry, { filename, headers: basic('job-token', 'gitlab-ci-token') });
    }
    expect(await (await rest(registry, '/projects/9/packages/1/pipelines')).json()).toMatchObject([{ id: 501 }]);
  });
});

describe('package files', () => {
  test('can be ordered, paged and downloaded', async () => {
    const registry = await start();
    for (const filename of ['b.whl', 'a.whl']) await upload(registry, { filename });
    const names = async (query: string): Promise<readonly string[]> => {
      const items = await (await rest(registry, `/projects/9/packages/1/package_files${query}`)).json();
      return (items as { file_name: string }[]).map((item) => item.file_name);
    };
    expect(await names('')).toEqual(['b.whl', 'a.whl']);
    expect(await names('?order_by=file_name')).toEqual(['a.whl', 'b.whl']);
    expect(await names('?sort=desc&per_page=1')).toEqual(['a.whl']);
    const bytes = await rest(registry, '/projects/9/packages/1/package_files/2/download');
    expect(await bytes.text()).toBe('the tuba part');
    expect((await rest(registry, '/projects/9/packages/1/package_files/3/download')).status).toBe(404);
  });
});

describe('deletion', () => {
  async function remove(registry: { readonly url: string }, path: string, secret: string): Promise<number> {
    const options = { method: 'DELETE', headers: { 'PRIVATE-TOKEN': secret } };
    return (await fetch(`${registry.url}/api/v4/projects/9/packages/${path}`, options)).status;
  }

  test('of a file hides it, and its name stays taken', async () => {
    const registry = await start();
    await upload(registry, { filename: 'a.whl' });
    await upload(registry, { filename: 'b.whl' });
    expect(await remove(registry, '1/package_files/1', 'dora-token')).toBe(403);
    expect(await remove(registry, '1/package_files/1', 'max-token')).toBe(204);
    expect(await remove(registry, '1/package_files/1', 'max-token')).toBe(404);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['b.whl']);
    expect((await upload(registry, { filename: 'a.whl' })).status).toBe(400);
  });

  test('of a package may be protected', async () => {
    const registry = await start();
    await upload(registry, { name: 'golden-tuba', headers: basic('max-token') });
    const options = { method: 'DELETE', headers: { 'PRIVATE-TOKEN': 'max-token' } };
    const response = await fetch(`${registry.url}/api/v4/projects/9/packages/1`, options);
    expect([response.status, await response.json()]).toEqual([
      403,
      { message: '403 Forbidden - Package is deletion protected.' },
    ]);
    expect(await remove(registry, '1', 'ada-token')).toBe(204);
  });

  test('needs a token that may write, and a known project', async () => {
    const registry = await start();
    await upload(registry);
    expect(await remove(registry, '1', 'dora-reads')).toBe(403);
    expect(await remove(registry, '1', 'otto-token')).toBe(404);
    expect(await remove(registry, 'one', 'max-token')).toBe(400);
  });
});

test('a path that GitLab does not have is not found', async () => {
  const registry = await start();
  const response = await rest(registry, '/projects/9/packages/pypi/yank');
  expect([response.status, await response.json()]).toEqual([404, { error: '404 Not Found' }]);
});
