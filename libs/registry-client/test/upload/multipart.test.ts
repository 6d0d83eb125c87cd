import { createHash } from 'node:crypto';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { assert, asyncProperty, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multipart, type FormFile, type Multipart } from '../../src/upload/multipart.ts';
import { tempFolder } from '../bakery.ts';

const MEGABYTE = 1024 * 1024;

async function fileOf(content: string, filename = 'rye.whl'): Promise<FormFile> {
  const path = join(await tempFolder(), 'file');
  await writeFile(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { field: 'content', filename, path, size: Buffer.byteLength(content), sha256 };
}

async function bodyOf(form: Multipart | null): Promise<string> {
  if (form === null) throw new Error('the file changed');
  return Buffer.isBuffer(form.body) ? form.body.toString() : text(form.body);
}

/** Null where there is none, or it breaks off. */
async function completedBody(file: FormFile): Promise<string | null> {
  return bodyOf(multipart([], file)).catch(() => null);
}

/** As a server reads it. */
async function parsed(form: Multipart | null): Promise<FormData> {
  const body = await bodyOf(form);
  return new Response(body, { headers: { ...form?.headers } }).formData();
}

describe.each([
  ['small', 'crumbs'],
  ['large', 'crumbs'.repeat(MEGABYTE / 4)],
])('a %s file', (_size, content) => {
  test('is the last part of a form that others read, with its length announced', async () => {
    const form = multipart(
      [
        ['name', 'rye'],
        ['summary', 'Käse "& Brot"'],
      ],
      await fileOf(content),
    );
    expect(Buffer.byteLength(await bodyOf(form))).toBe(Number(form?.headers['content-length']));
    const read = await parsed(
      multipart(
        [
          ['name', 'rye'],
          ['summary', 'Käse "& Brot"'],
        ],
        await fileOf(content),
      ),
    );
    expect(read.get('name')).toBe('rye');
    expect(read.get('summary')).toBe('Käse "& Brot"');
    const file = read.get('content') as File;
    expect(file.name).toBe('rye.whl');
    expect(await file.text()).toBe(content);
  });

  test('that changed, shrank, grew or is gone completes no form', async () => {
    const changes = [
      async (path: string) => writeFile(path, content.toUpperCase()),
      async (path: string) => truncate(path, 3),
      async (path: string) => appendFile(path, 'x'),
    ];
    for (const change of changes) {
      const file = await fileOf(content);
      await change(file.path);
      expect(await completedBody(file)).toBeNull();
    }
    const gone = { ...(await fileOf(content)), path: join(await tempFolder(), 'gone') };
    expect(await completedBody(gone)).toBeNull();
  });
});

test('any text comes through as it is, lines ended as forms end them', async () => {
  const file = await fileOf('crumbs');
  await assert(
    asyncProperty(string({ unit: 'grapheme' }), async (value) => {
      const read = await parsed(multipart([['description', value]], file));
      expect(read.get('description')).toBe(value.replaceAll(/\r\n?|\n/g, '\r\n'));
    }),
  );
});
