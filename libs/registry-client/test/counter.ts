import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Counter {
  readonly url: string;
  readonly visits: readonly Visit[];
}

/** A server on this machine that answers what the test says; closed after it. `turn` counts the visits of one path from 0. */
export async function openCounter(
  serve: (visit: Visit, response: ServerResponse, turn: number) => void,
): Promise<Counter> {
  const visits: Visit[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const visit = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('latin1'),
      };
      const turn = visits.filter(({ method, path }) => method === visit.method && path === visit.path).length;
      visits.push(visit);
      serve(visit, response, turn);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    async () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits };
}

/** One answer in full. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, JSON.stringify(body), { 'content-type': 'application/json' });
}

/** A page as GitLab writes it. */
export function gitlabPage(name: string, anchors: string): string {
  return `<!DOCTYPE html>\n<html>\n<head>\n<title>Links for ${name}</title>\n</head>\n<body>\n<h1>Links for ${name}</h1>\n${anchors}\n</body>\n</html>\n`;
}
