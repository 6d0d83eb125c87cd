import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clientOf, credentialFor, targetOf, tempFolder } from '../bakery.ts';
import { answer, gitlabPage } from '../counter.ts';
import { selfSigned } from './certificate.ts';

async function listening(server: Server | ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that leads every CONNECT to one port of this machine, whatever host was asked. */
async function openProxy(port: number): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', (request, socket, head) => {
    asked.push(request.url ?? '');
    const out = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      out.write(head);
      out.pipe(socket);
      socket.pipe(out);
    });
    out.on('error', () => socket.destroy());
    socket.on('error', () => out.destroy());
  });
  return { url: `http://127.0.0.1:${await listening(proxy)}`, asked };
}

describe('https with an authority of its own', () => {
  test('is refused without its certificate and accepted with it', async () => {
    const { key, cert } = selfSigned();
    const port = await listening(
      createServer({ key, cert }, (_request, response) => answer(response, 200, gitlabPage('x', ''))),
    );
    const target = targetOf({ kind: 'gitlab', url: `https://127.0.0.1:${port}`, project: 9 });
    const credential = credentialFor(target, 'glpat-secret');
    const refused = await (await clientOf(target, credential)).readFresh('rye-bread');
    expect(refused).toMatchObject({
      kind: 'unknown',
      problem: { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: expect.stringMatching(/certificate/) },
    });
    const caFile = join(await tempFolder(), 'ca.pem');
    await writeFile(caFile, cert);
    const accepted = await (await clientOf(target, credential, { caFile })).readFresh('rye-bread');
    expect(accepted).toMatchObject({ kind: 'published' });
  });

  test('a certificate file that is not there is a problem, not a crash', async () => {
    const target = targetOf({ kind: 'gitlab', url: 'https://127.0.0.1:9', project: 9 });
    const client = await clientOf(target, null, { caFile: join(await tempFolder(), 'none.pem') });
    expect(await client.readFresh('rye-bread')).toMatchObject({
      kind: 'unknown',
      problem: { message: expect.stringContaining('ENOENT') },
    });
  });
});

describe('proxies', () => {
  test.each(['http_proxy', 'HTTP_PROXY'])('%s is used for other hosts', async (variable) => {
    const port = await listening(createHttpServer((_request, response) => answer(response, 200, gitlabPage('x', ''))));
    const proxy = await openProxy(port);
    const target = targetOf({ kind: 'gitlab', url: 'http://gitlab.bakery.invalid', project: 9, allowHttp: true });
    const client = await clientOf(target, null, { env: { [variable]: proxy.url.replace('http://', '') } });
    expect(await client.readFresh('rye-bread')).toMatchObject({ kind: 'published' });
    expect(proxy.asked).toEqual(['gitlab.bakery.invalid:80']);
  });

  test.each([
    ['this machine', '127.0.0.1', {}],
    ['what no_proxy names', 'localhost', { no_proxy: 'localhost' }],
  ])('%s is reached directly', async (_title, host, env) => {
    const port = await listening(createHttpServer((_request, response) => answer(response, 200, gitlabPage('x', ''))));
    const proxy = await openProxy(port);
    const target = targetOf({ kind: 'gitlab', url: `http://${host}:${port}`, project: 9 });
    const client = await clientOf(target, null, { env: { http_proxy: proxy.url, ...env } });
    expect(await client.readFresh('rye-bread')).toMatchObject({ kind: 'published' });
    expect(proxy.asked).toEqual([]);
  });

  test('no_proxy=* means none', async () => {
    const proxy = await openProxy(9);
    const target = targetOf({ kind: 'gitlab', url: 'http://gitlab.bakery.invalid', project: 9, allowHttp: true });
    const client = await clientOf(target, null, { env: { http_proxy: proxy.url, no_proxy: '*' } });
    expect(await client.readFresh('rye-bread')).toMatchObject({ kind: 'unknown' });
    expect(proxy.asked).toEqual([]);
  });

  test('H2: the password of a proxy is not printed', async () => {
    const target = targetOf({ kind: 'gitlab', url: 'http://gitlab.bakery.invalid', project: 9, allowHttp: true });
    const client = await clientOf(target, null, { env: { http_proxy: 'http://ana:geheim@127.0.0.1:9' } });
    const state = await client.readFresh('rye-bread');
    expect(state).toMatchObject({ kind: 'unknown' });
    expect(inspect(state)).not.toContain('geheim');
  });
});
