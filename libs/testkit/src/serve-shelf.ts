import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** An index of released bread: name, versions. */
export type Shelf = Record<string, readonly string[]>;

/**
 * Serves `shelf` on loopback until the test ends: pages as PEP 503 has them, and sdists that hold their metadata alone.
 * Changes of it show at once; nothing can be uploaded. Resolves to its URL.
 */
export async function serveShelf(shelf: Shelf): Promise<string> {
  const server = createServer((request, response) => void answer(shelf, request.url ?? '', response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Scripts import this library outside vitest.
  const { onTestFinished } = await import('vitest');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

async function answer(shelf: Shelf, url: string, response: ServerResponse): Promise<void> {
  const [, kind = '', name = ''] = /^\/(simple|files)\/([^/]+)/.exec(url) ?? [];
  const body = kind === 'files' ? await sdist(name) : await page(name, shelf[name]);
  const type = kind === 'files' ? 'application/gzip' : body === null ? 'text/plain' : 'text/html';
  response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body ?? 'not found');
}

async function page(name: string, versions: readonly string[] | undefined): Promise<string | null> {
  if (versions === undefined) return null;
  const links = versions.map(async (version) => {
    const filename = `${name.replaceAll('-', '_')}-${version}.tar.gz`;
    const digest = createHash('sha256')
      .update(await sdist(filename))
      .digest('hex');
    return `<a href="/files/${filename}#sha256=${digest}">${filename}</a>`;
  });
  return `<!DOCTYPE html><html><body>${(await Promise.all(links)).join('\n')}</body></html>`;
}

async function sdist(filename: string): Promise<Buffer> {
  const stem = filename.replace(/\.tar\.gz$/, '');
  const [name = '', version = ''] = stem.split('-');
  const archive = pack();
  archive.entry(
    { name: `${stem}/PKG-INFO`, mtime: new Date(0) },
    `Metadata-Version: 2.2\nName: ${name}\nVersion: ${version}\n`,
  );
  archive.finalize();
  return gzipSync(await buffer(archive));
}
