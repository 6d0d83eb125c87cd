import type { IncomingMessage } from 'node:http';

/** Reads a body that nobody wants, so that a client which is still sending gets to read the answer. */
export async function drain(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  await new Promise<void>((resolve) => {
    request
      .once('end', () => resolve())
      .once('close', () => resolve())
      .resume();
  });
}
