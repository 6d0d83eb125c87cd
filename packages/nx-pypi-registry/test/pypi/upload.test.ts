import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { metadataOf, modelError, refuseParameters } from '../../src/pypi/upload-fields.ts';
import { basic, filesOnPage, read, rest, start, upload } from '../start.ts';

const url = '/api/v4/projects/9/packages/pypi';

describe('parameters', () => {
  test('are reported together, in the order of their declaration', () => {
    expect(refuseParameters(new Map([['sha256_digest', 'x']]), 'none')?.body).toEqual({
      error: 'content is missing, name is missing, version is missing, sha256_digest is invalid',
    });
    expect(refuseParameters(new Map(), 'text')?.body).toEqual({
      error: 'content is invalid, name is missing, version is missing',
    });
  });

  test('of name and version are refused as Rails says it', () => {
    expect(modelError('', '')).toBe(
      "Validation failed: Name can't be blank, Name is invalid, Version can't be blank, Version is invalid",
    );
    expect(modelError('tuba', '1.0')).toBeNull();
  });
});

describe('metadata', () => {
  test.each([
    ['requires_python', 'requiresPython', 255],
    ['metadata_version', 'metadataVersion', 16],
    ['author_email', 'authorEmail', 2048],
    ['description', 'description', 4000],
    ['description_content_type', 'descriptionContentType', 128],
    ['summary', 'summary', 255],
    ['keywords', 'keywords', 1024],
  ] as const)('%s is cut to its width, dots included', (field, key, width) => {
    expect(metadataOf(new Map([[field, '♪'.repeat(width)]]))[key]).toBe('♪'.repeat(width));
    expect(metadataOf(new Map([[field, '♪'.repeat(width + 1)]]))[key]).toBe(`${'♪'.repeat(width - 3)}...`);
    expect(metadataOf(new Map())[key]).toBe('');
  });
});

describe('an upload', () => {
  test('is taken whatever the order of its parts', async () => {
    const registry = await start();
    const form = new FormData();
    form.append('content', new Blob(['the tuba part']), 'tuba.whl');
    form.append('version', '1.0');
    form.append('name', 'tuba');
    const response = await fetch(`${registry.url}${url}`, { method: 'POST', headers: basic('dora-token'), body: form });
    expect(response.status).toBe(201);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba.whl']);
  });

  test('keeps only the first of several files', async () => {
    const registry = await start();
    const form = new FormData();
    form.append('name', 'tuba');
    form.append('version', '1.0');
    form.append('gpg_signature', new Blob(['signed']), 'tuba.whl.asc');
    form.append('content', new Blob(['the tuba part']), 'tuba.whl');
    form.append('content', new Blob(['the harp part']), 'harp.whl');
    const response = await fetch(`${registry.url}${url}`, { method: 'POST', headers: basic('dora-token'), body: form });
    expect(response.status).toBe(201);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba.whl']);
  });

  test('of megabytes comes back byte for byte, with the size and digests that were measured', async () => {
    const registry = await start();
    const content = new Uint8Array(5_000_000).map((_, index) => index % 251);
    expect((await upload(registry, { content })).status).toBe(201);
    const files = await rest(registry, '/projects/9/packages/1/package_files');
    const md5 = createHash('md5').update(content).digest('hex');
    expect(await files.json()).toMatchObject([{ size: 5_000_000, file_md5: md5 }]);
    const page = await (await read(registry, '/projects/9/packages/pypi/simple/tuba/')).text();
    const link = /href="([^"#]+)/.exec(page)?.[1] ?? '';
    const bytes = await (await fetch(link, { headers: basic('dora-token') })).arrayBuffer();
    expect(Buffer.from(bytes).equals(content)).toBe(true);
  });

  test.each([
    ['no form', 'application/json', '{}', { error: 'content is missing, name is missing, version is missing' }],
    [
      'a form that ends early',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="content"; filename="a"\r\n\r\nthe',
      { message: '400 Bad request - Invalid multipart body' },
    ],
    [
      'a form without boundary',
      'multipart/form-data',
      '--x--',
      { error: 'content is missing, name is missing, version is missing' },
    ],
    [
      'a form with the file as text',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="content"\r\n\r\nthe tuba part\r\n--x--\r\n',
      { error: 'content is invalid, name is missing, version is missing' },
    ],
  ])('with %s is a bad request', async (_what, type, body, expected) => {
    const registry = await start();
    const headers = { ...basic('dora-token'), 'Content-Type': type };
    const response = await fetch(`${registry.url}${url}`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toEqual([400, expected]);
  });

  test('without credentials gets its answer although its body is long', async () => {
    const registry = await start();
    const response = await upload(registry, { content: 'x'.repeat(3_000_000), headers: {} });
    expect([response.status, await response.json()]).toEqual([401, { message: '401 Unauthorized' }]);
  });

  test('to /authorize is for GitLab itself only', async () => {
    const registry = await start();
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${registry.url}${url}/authorize`, { method: 'POST', headers })).status;
    expect([await ask({}), await ask(basic('dora-token'))]).toEqual([401, 403]);
  });

  test('of ten files of one version at once makes one row with ten files', async () => {
    const registry = await start();
    const numbers = Array.from({ length: 10 }, (_, number) => number);
    const answers = await Promise.all(numbers.map((number) => upload(registry, { filename: `tuba-${number}.whl` })));
    expect(answers.map((answer) => answer.status)).toEqual(numbers.map(() => 201));
    expect(await (await rest(registry, '/projects/9/packages')).json()).toHaveLength(1);
    expect((await filesOnPage(registry, 'tuba')).toSorted()).toEqual(numbers.map((number) => `tuba-${number}.whl`));
  });

  test('of one file ten times at once is stored once', async () => {
    const registry = await start();
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(registry)));
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 9 }, () => 400),
    ]);
    expect(await filesOnPage(registry, 'tuba')).toEqual(['tuba-1.0.tar.gz']);
  });
});
