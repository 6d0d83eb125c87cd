import type { IncomingMessage } from 'node:http';
import type { Gitlab } from '../gitlab.ts';

/**
 * The address under which the client reached us, with the base path and without a slash at its end, so that links work
 * through port mappings too. GitLab itself uses its configured address.
 */
export function originOf(gitlab: Gitlab, request: IncomingMessage): string {
  return `http://${request.headers.host ?? '127.0.0.1'}${gitlab.basePath}`;
}
