import type { Readable } from 'node:stream';

/** Drops a body unread. undici reports that as an error of the body, which would end the process if nobody listened. */
export function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}
