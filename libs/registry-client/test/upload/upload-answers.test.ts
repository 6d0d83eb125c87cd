import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { Problem } from '@nx-pypi/manifests';
import type { UploadOutcome } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import { bake, clientOf, credentialFor, order, targetOf } from '../bakery.ts';
import { answer, gitlabPage, json, openCounter, type Counter } from '../counter.ts';

const token = 'glpat-never-print-me';

interface Try {
  readonly outcome: UploadOutcome;
  readonly posts: number;
  /** Codes of the tries that failed and were followed by another. */
  readonly failedTries: readonly string[];
  readonly counter: Counter;
}

/** One upload to a GitLab that answers it as told; its index shows nothing, or `page`. */
async function upload(
  serve: (response: ServerResponse, turn: number) => void,
  page?: (sha256: string, posts: number) => string,
): Promise<Try> {
  const artifact = await bake('rye_bread-1.0.tar.gz', 'rye');
  let posts = 0;
  const counter = await openCounter((visit, response, turn) => {
    if (visit.path.includes('/packages?')) json(response, 200, []);
    else if (visit.method === 'POST') {
      posts += 1;
      serve(response, turn);
    } else if (page === undefined) json(response, 404, { message: '404 Package Not Found' });
    else answer(response, 200, gitlabPage('rye-bread', page(artifact.sha256, posts)));
  });
  const target = targetOf({ kind: 'gitlab', url: counter.url, project: 9 });
  const client = await clientOf(target, credentialFor(target, token));
  const failedTries: string[] = [];
  const onFailedTry = ({ code, message }: Problem): void => {
    expect(message).not.toContain(token);
    failedTries.push(code);
  };
  const outcome = await client.upload({ ...order(artifact, 'rye-bread', '1.0'), onFailedTry });
  expect(inspect(outcome, { depth: 9 })).not.toContain(token);
  expect(inspect(outcome, { depth: 9 })).not.toContain(Buffer.from(`__token__:${token}`).toString('base64'));
  return { outcome, posts, failedTries, counter };
}

describe('answers to an upload', () => {
  test.each<[string, boolean, number, string, (response: ServerResponse) => void]>([
    ['NXPYPI_UNAUTHORIZED', true, 1, 'a 401', (response) => json(response, 401, { message: '401 Unauthorized' })],
    ['NXPYPI_FORBIDDEN', true, 1, 'a 403', (response) => json(response, 403, { message: '403 Forbidden' })],
    ['NXPYPI_PROJECT_NOT_FOUND', true, 1, 'a 404', (response) => json(response, 404, { message: '404 Not Found' })],
    [
      'NXPYPI_JOB_TOKEN_NOT_ALLOWED',
      true,
      1,
      'a permission that the job token lacks',
      (response) =>
        json(response, 403, {
          message:
            'Insufficient permissions to access this resource in project 9. The following token permission is required: admin_packages.',
        }),
    ],
    [
      'NXPYPI_UPLOAD_REDIRECTED',
      true,
      1,
      'a redirect',
      (response) => answer(response, 308, '', { location: 'https://moved.example/x?private_token=1' }),
    ],
    ['NXPYPI_REGISTRY_ERROR', true, 1, 'a 405', (response) => answer(response, 405)],
    ['NXPYPI_REGISTRY_ERROR', true, 1, 'a 501', (response) => answer(response, 501)],
    ['NXPYPI_REGISTRY_ERROR', true, 4, 'a 502 that stays', (response) => answer(response, 502)],
    ['NXPYPI_REGISTRY_UNREACHABLE', true, 4, 'a connection that breaks', (response) => response.destroy()],
    [
      'NXPYPI_PACKAGE_PROTECTED',
      false,
      1,
      'a protection rule',
      (response) => json(response, 403, { message: '403 Forbidden - Package protected.' }),
    ],
    ['NXPYPI_FILE_TOO_LARGE', false, 1, 'a 413', (response) => answer(response, 413)],
    [
      'NXPYPI_FILE_TOO_LARGE',
      false,
      1,
      "GitLab's 400",
      (response) => json(response, 400, { message: '400 Bad request - File is too large' }),
    ],
    [
      'NXPYPI_UPLOAD_REFUSED',
      false,
      1,
      'a 422',
      (response) => json(response, 422, { message: '422 Unprocessable Entity' }),
    ],
    [
      'NXPYPI_UPLOAD_REFUSED',
      false,
      1,
      'a 400',
      (response) => json(response, 400, { error: 'sha256_digest is invalid' }),
    ],
    [
      'NXPYPI_FILENAME_TAKEN',
      false,
      1,
      'a name in use that no index shows',
      (response) => json(response, 400, { message: 'Validation failed: File name has already been taken' }),
    ],
    [
      'NXPYPI_UPLOAD_RACED',
      false,
      4,
      'a race that is always lost',
      (response) => json(response, 400, { message: 'Validation failed: Name has already been taken' }),
    ],
  ])('%s, for the run: %s, after %i tries: %s', async (...[code, runWide, tries, , serve]) => {
    const { outcome, posts } = await upload(serve);
    expect(outcome).toMatchObject({ kind: 'rejected', filename: 'rye_bread-1.0.tar.gz', runWide, problem: { code } });
    expect(posts).toBe(tries);
  });

  test.each([
    ['400, GitLab', 400, '400 Bad request - Validation failed: File name has already been taken'],
    ['400, PyPI', 400, "File already exists ('rye_bread-1.0.tar.gz', with blake2_256 hash '…')."],
    ['409', 409, 'Conflict'],
    ['403, Artifactory', 403, 'Not enough permissions to overwrite artifact'],
    ['400, Nexus', 400, 'Repository does not allow updating assets: pypi'],
  ])('a name that was taken meanwhile is compared: %s', async (_title, status, message) => {
    const file = (sha256: string): string =>
      `<a href="/api/v4/projects/9/packages/pypi/files/x/rye_bread-1.0.tar.gz#sha256=${sha256}">x</a>`;
    const same = await upload(
      (response) => json(response, status, { message }),
      (sha256, posts) => (posts === 0 ? '' : file(sha256)),
    );
    expect(same.outcome).toMatchObject({ kind: 'already-there', same: 'bytes' });
    const other = await upload(
      (response) => json(response, status, { message }),
      (_sha256, posts) => (posts === 0 ? '' : file('f'.repeat(64))),
    );
    expect(other.outcome).toMatchObject({ kind: 'conflict', theirs: 'f'.repeat(64) });
  });

  describe.each([408, 425, 429, 500, 503, 504])('a %i passes, and the index is asked before the next try', (status) => {
    test('a file that is not there is sent again', async () => {
      let tries = 0;
      const { outcome, posts, failedTries, counter } = await upload((response) => {
        tries += 1;
        answer(response, tries === 1 ? status : 201);
      });
      expect({ outcome, posts }).toMatchObject({ outcome: { kind: 'uploaded' }, posts: 2 });
      expect(failedTries).toEqual([status === 429 ? 'NXPYPI_RATE_LIMITED' : 'NXPYPI_REGISTRY_ERROR']);
      const methods = counter.visits.map(({ method }) => method);
      expect(methods.slice(methods.indexOf('POST'), methods.lastIndexOf('POST'))).toContain('GET');
    });

    test('a file that was stored counts as sent', async () => {
      const { outcome, posts } = await upload(
        (response) => answer(response, status),
        (sha256, sent) =>
          sent === 0
            ? ''
            : `<a href="/api/v4/projects/9/packages/pypi/files/x/rye_bread-1.0.tar.gz#sha256=${sha256}">x</a>`,
      );
      expect({ outcome, posts }).toMatchObject({ outcome: { kind: 'uploaded' }, posts: 1 });
    });
  });

  test('B4: a redirected upload goes nowhere else', async () => {
    const elsewhere = await openCounter((_visit, response) => answer(response, 201));
    const { outcome } = await upload((response) => answer(response, 307, '', { location: `${elsewhere.url}/upload` }));
    expect(outcome).toMatchObject({ problem: { message: expect.stringContaining(`${elsewhere.url}/upload`) } });
    expect(elsewhere.visits).toEqual([]);
  });

  test('a server that repeats the token, with colours and sections, is printed without', async () => {
    const basic = Buffer.from(`__token__:${token}`).toString('base64');
    const { outcome } = await upload((response) =>
      json(response, 400, {
        message: `\u001b[31mBad ${token} and ${basic}\r\nsection_start:1:x\r\u001b[0Kat https://u:p@h/`,
      }),
    );
    expect(outcome).toMatchObject({
      problem: {
        message:
          'The registry does not accept the file (the registry answered 400 Bad *** and *** section_start 1:x at https://***@h/).',
      },
    });
  });

  test('what is sent: one POST with a length, Basic, the file last', async () => {
    const { counter, outcome } = await upload((response) => answer(response, 201));
    expect(outcome).toMatchObject({ kind: 'uploaded' });
    const post = counter.visits.find(({ method }) => method === 'POST');
    expect(post?.path).toBe('/api/v4/projects/9/packages/pypi');
    expect(post?.headers['content-length']).toBe(String(Buffer.byteLength(post?.body ?? '', 'latin1')));
    expect(post?.headers['transfer-encoding']).toBeUndefined();
    expect(post?.headers.authorization).toBe(`Basic ${Buffer.from(`__token__:${token}`).toString('base64')}`);
    const parts = [...(post?.body.matchAll(/name="(?<name>[^"]+)"(?:; filename="(?<filename>[^"]+)")?/g) ?? [])].map(
      ({ groups }) => groups,
    );
    expect(parts.at(-1)).toMatchObject({ name: 'content', filename: 'rye_bread-1.0.tar.gz' });
    expect(parts.filter((part) => part?.['name'] === 'content')).toHaveLength(1);
  });
});
