import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** An index of released bread: name, versions. Pages as PEP 503 has them; nothing can be uploaded or downloaded. */
export type Shelf = Record<string, readonly string[]>;

/** Serves `shelf` on loopback until the test ends; changes of it show at once. Resolves to its URL. */
export async function serveShelf(shelf: Shelf): Promise<string> {
  const server = createServer((request, response) => {
    const name = /^\/simple\/([^/]+)\/$/.exec(request.url ?? '')?.[1] ?? '';
    const versions = shelf[name];
    if (versions === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const files = versions.map((version) => {
      const filename = `${name.replaceAll('-', '_')}-${version}.tar.gz`;
      return `<a href="/files/${filename}#sha256=${'0'.repeat(64)}">${filename}</a>`;
    });
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!DOCTYPE html><html><body>${files.join('\n')}</body></html>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return `http://127.0.0.1:${address.port}`;
}
