import { Buffer } from 'node:buffer';
import type { Credential } from '../credentials/credential.ts';
import { jobTokenUser } from '../credentials/environment.ts';

/** Basic authorization (RFC 7617, UTF-8): what GitLab's PyPI routes and every other index take. */
export function basicAuthorization({ username, password }: Credential): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** The header of GitLab's REST API, which takes no Basic, and Bearer for all but job tokens. Source: GitLab docs, "REST API authentication". */
export function restAuthorization({ username, password }: Credential): Record<string, string> {
  return username === jobTokenUser ? { 'job-token': password } : { authorization: `Bearer ${password}` };
}
