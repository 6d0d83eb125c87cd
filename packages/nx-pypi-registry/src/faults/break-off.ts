import type { ServerResponse } from 'node:http';

/** Lets `bytes` bytes of the body through; then the connection is reset (`cut`) or goes silent (`stall`). */
export function breakOff(response: ServerResponse, bytes: number, how: 'cut' | 'stall'): void {
  const write = response.write.bind(response) as (chunk: Buffer, done: () => void) => boolean;
  let left = bytes;
  let broken = false;

  function pass(chunk: unknown, encoding: unknown): boolean {
    if (broken) return true;
    const whole = typeof chunk === 'string' ? Buffer.from(chunk, encodingOf(encoding)) : (chunk as Buffer);
    const part = whole.subarray(0, left);
    left -= part.length;
    broken = left === 0;
    return write(part, () => {
      if (broken && how === 'cut') response.socket?.resetAndDestroy();
    });
  }

  response.write = ((chunk: unknown, encoding?: unknown, done?: unknown) => {
    const flowing = pass(chunk, encoding);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return flowing;
  }) as ServerResponse['write'];

  const end = response.end.bind(response) as () => ServerResponse;
  response.end = ((chunk?: unknown, encoding?: unknown) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) pass(chunk, encoding);
    return broken ? response : end();
  }) as ServerResponse['end'];
}

function encodingOf(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
}
