import type { IncomingMessage } from 'node:http';

/** What a request brought along, not yet looked up. */
export interface Credentials {
  readonly basic: { readonly username: string; readonly password: string } | null;
  readonly bearer: string | null;
  readonly privateToken: string | null;
  readonly jobToken: string | null;
  readonly deployToken: string | null;
}

/** Reads the headers and query parameters in which GitLab takes tokens. An unreadable Authorization header counts as none. */
export function readCredentials(request: IncomingMessage): Credentials {
  const authorization = request.headers.authorization ?? '';
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return {
    basic: parseBasic(authorization),
    bearer: /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? null,
    privateToken: header(request, 'private-token') ?? query.get('private_token'),
    jobToken: header(request, 'job-token') ?? query.get('job_token'),
    deployToken: header(request, 'deploy-token'),
  };
}

/** RFC 7617: `Basic` and base64 of `user:password`; the password may hold colons. */
function parseBasic(authorization: string): Credentials['basic'] {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
