import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { conformanceCases, formatReport, runConformance, type ConformanceTarget } from '../../src/index.ts';
import { listen, stop } from '../../src/http/listen.ts';
import { start } from '../start.ts';

const tokens: ConformanceTarget['tokens'] = {
  developer: 'dora-token',
  maintainer: 'max-token',
  guest: 'gus-token',
  outsider: 'otto-token',
  job: 'job-token',
  'foreign-job': 'job-elsewhere',
  'deploy-read': 'deploy-reads',
  'deploy-write': 'deploy-writes',
};

describe('the cases', () => {
  test('are numbered from 1 to 51 without a gap, and no id comes twice', () => {
    const ids = conformanceCases.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(ids.map((id) => Number.parseInt(id, 10)))]).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
  });
});

describe('our registry', () => {
  test('behaves as GitLab in every case', async () => {
    const [plain, forwarding, pep691, fips, stored, small] = await Promise.all([
      start({ basePath: '/gitlab' }),
      start({ features: { forwarding: 'http://127.0.0.1:9/mirror' } }),
      start({ features: { pep691: true } }),
      start({ features: { fips: true } }),
      start({ features: { objectStorageRedirect: true } }),
      start({ features: { maxFileSize: 1000 } }),
    ]);
    const report = await runConformance({
      url: plain.url,
      project: 'orchestra/registry',
      group: 'orchestra',
      publicProject: 'town/bandstand',
      emptyProject: 'orchestra/strings',
      hidden: { project: 'town/cellar', group: 'town' },
      protectedName: 'golden-tuba',
      tokens,
      servers: {
        'forwarding on': forwarding.url,
        'PEP 691 on': pep691.url,
        'FIPS mode': fips.url,
        'object storage': stored.url,
        'file size limit of 1000 bytes': small.url,
      },
    });
    expect(formatReport({ ...report, left: [] })).toBe(
      `${conformanceCases.length} cases as GitLab, 0 different, 0 not applicable.\n`,
    );
    expect(stored.requests.filter((entry) => entry.origin === 'storage')).toMatchObject([
      { status: 200, hadAuthorization: false },
    ]);
  });

  test('a target with one token leaves the cases out that need more, and names what it left behind', async () => {
    const registry = await start();
    const report = await runConformance({ url: registry.url, project: '9', tokens: { developer: 'dora-token' } });
    const by = (id: string): unknown => report.results.find((result) => result.id === id);
    expect(report.results.filter((result) => result.outcome === 'different')).toEqual([]);
    expect(by('2')).toMatchObject({
      outcome: 'not applicable',
      detail: "needs the project's full path instead of its id: --project",
    });
    expect(by('24')).toMatchObject({
      outcome: 'not applicable',
      detail: 'needs the token of a guest: NX_PYPI_TOKEN_GUEST',
    });
    expect(by('13b')).toMatchObject({
      outcome: 'not applicable',
      detail: 'needs a server in FIPS mode, known to be one',
    });
    expect(by('35')).toMatchObject({ outcome: 'not applicable', detail: 'needs the group of the project: --group' });
    expect(report.left.length).toBeGreaterThan(20);
    expect(formatReport(report)).toContain(`\nLeft behind in the registry:\n  ${report.left[0]}\n`);
  });
});

describe('another server', () => {
  test('that says yes to everything differs, case by case', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"message":"201 Created"}');
    });
    const port = await listen(server, '127.0.0.1', 0);
    onTestFinished(() => stop(server));
    const report = await runConformance({
      url: `http://127.0.0.1:${port}`,
      project: '9',
      tokens: { developer: 'dora-token' },
    });
    const same = report.results.filter((result) => result.outcome === 'same');
    expect(same.map((result) => result.id)).toEqual(['1', '3', '14', '15', '16', '20']);
    expect(formatReport(report)).toContain(
      '5    DIFFERENT  the same file again is refused, though its bytes are the same [spec, issue]\n' +
        '                step 2: status 201 instead of 400: {"message":"201 Created"}\n',
    );
  });

  test('that is none of GitLab is asked about, and its pages are quoted as people see them', async () => {
    const page =
      '<!DOCTYPE html><html><head><style>b { color: red }</style></head><body><b>No such</b> route</body></html>';
    const url = await serve((_request, response) => {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end(page);
    });
    const text = formatReport(await runConformance({ url, project: '9', tokens: { developer: 'dora-token' } }));
    expect(text).toContain('\n                status 404 instead of 201: No such route\n');
    expect(text).toContain('\nNot one upload came out as in GitLab: is this a GitLab, and the project one of it?\n');
    expect(text).not.toContain('Left behind');
  });

  test('that breaks off is different in that case, and what may be there is named', async () => {
    const registry = await start();
    registry.faults.arm({ on: { route: 'upload' }, after: 1, effect: { kind: 'cut', when: 'after-storing' } });
    const report = await runConformance({ url: registry.url, project: '9', tokens: { developer: 'dora-token' } });
    const [first] = report.results;
    expect(first).toMatchObject({
      id: '1',
      outcome: 'different',
      detail: expect.stringMatching(/^step 1: no answer: /),
    });
    expect(report.left[0]).toMatch(/^Nx_Pypi/);
    expect(report.left.filter((name) => name.endsWith('-1'))).toHaveLength(1);
  });

  test('whose pages link elsewhere gets the token, and elsewhere does not', async () => {
    const tokensElsewhere: (string | undefined)[] = [];
    const elsewhere = await serve((request, response) => {
      tokensElsewhere.push(request.headers.authorization);
      response.end('the tuba part');
    });
    const url = await serve((request, response) => {
      const link = `<a href="${elsewhere}/tuba">tuba</a>`;
      response
        .writeHead(request.method === 'POST' ? 201 : 200)
        .end(request.method === 'POST' ? '{"message":"201 Created"}' : link);
    });
    await runConformance({ url, project: '9', tokens: { developer: 'dora-token' } });
    expect(tokensElsewhere.length).toBeGreaterThan(0);
    expect(new Set(tokensElsewhere)).toEqual(new Set([undefined]));
  });
});

describe('a developer who may not upload is told so, instead of a table', () => {
  test.each([
    ['no token', {}, 'There is no token of a developer: set NX_PYPI_TOKEN.'],
    [
      'a wrong token',
      { developer: 'nobody' },
      'The token in NX_PYPI_TOKEN may not upload to 9: the server answered 401 {"message":"401 Unauthorized"}',
    ],
    [
      'the token of a guest',
      { developer: 'gus-token' },
      'The token in NX_PYPI_TOKEN may not upload to 9: the server answered 403 {"message":"403 Forbidden"}',
    ],
  ])('%s', async (_title, given, message) => {
    const registry = await start();
    await expect(runConformance({ url: registry.url, project: '9', tokens: given })).rejects.toThrow(message);
  });
});

/** A server that is gone after the test. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(request, response);
  });
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => stop(server));
  return `http://127.0.0.1:${port}`;
}
