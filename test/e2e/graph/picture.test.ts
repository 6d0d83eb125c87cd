import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium as browsers, type Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';
import { chromium } from './chromium.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Serves the files that `nx graph --file=graph/index.html` writes. */
async function serve(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, path === '/' || path.startsWith('/projects') ? 'index.html' : path);
    try {
      if (!statSync(file).isFile()) throw new Error(path);
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
        .end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return `http://127.0.0.1:${address.port}`;
}

/** Runs in the page: how many pixels its drawing has put on its canvases. */
const DRAWN = `[...document.querySelectorAll('canvas')]
  .map((canvas) => canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])
  .reduce((sum, data) => sum + data.filter((value, index) => index % 4 === 3 && value > 0).length, 0)`;

it('nx graph shows the Python packages and their edges in a browser', async () => {
  const workspace = await nxWorkspace({ packages: 'orchestra' });
  const written = await workspace.nx(['graph', '--file=graph/index.html']);
  expect(written.code, written.text).toBe(0);
  const url = await serve(join(workspace.root, 'graph'));
  const browser = await browsers.launch({
    executablePath: await chromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  await page.goto(url);
  await page.getByText('orchestra-strings').waitFor();
  const withEdges = await settledPixels(page);
  const pictures = join(import.meta.dirname, '../../../.e2e/pictures');
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, 'graph.png') });
  const text = await page.locator('body').innerText();
  for (const name of ['orchestra-pitch', 'orchestra-concert', 'orchestra-rehearsal', 'orchestra-brass'])
    expect(text).toContain(name);

  // The same page without its edges draws the nodes alone: what is missing then are the edges.
  const environment = join(workspace.root, 'graph/static/environment.js');
  writeFileSync(
    environment,
    readFileSync(environment, 'utf8')
      .replaceAll(/\{\s*"source":[^{}]*\},?/g, '')
      .replaceAll(/,(\s*\])/g, '$1'),
  );
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByText('orchestra-strings').waitFor();
  expect(withEdges).toBeGreaterThan(await settledPixels(page));
});

/** The layout moves for a while: drawn when two looks half a second apart see the same. */
async function settledPixels(page: Page): Promise<number> {
  let before = -1;
  for (let look = 0; look < 30; look += 1) {
    const now = Number(await page.evaluate(DRAWN));
    if (now > 0 && now === before) return now;
    before = now;
    await page.waitForTimeout(500);
  }
  return before;
}
