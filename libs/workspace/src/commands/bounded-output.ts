const DEFAULT_LIMIT = 64 * 1024 * 1024;

/** Which part survives when there is too much: machines read from the start, people from the end. */
export type Keep = 'start' | 'end';

export interface BoundedOutput {
  readonly add: (chunk: Buffer) => void;
  readonly text: () => string;
  readonly truncated: () => boolean;
}

/** Collects at most `limit` bytes of a stream (twice as many for a moment) and drops the rest. */
export function boundedOutput(keep: Keep, limit: number = DEFAULT_LIMIT): BoundedOutput {
  let chunks: Buffer[] = [];
  let size = 0;
  let dropped = false;

  function shrink(): void {
    const all = Buffer.concat(chunks);
    dropped ||= all.length > limit;
    chunks = [keep === 'start' ? all.subarray(0, limit) : all.subarray(Math.max(0, all.length - limit))];
    size = Math.min(all.length, limit);
  }

  function add(chunk: Buffer): void {
    if (keep === 'start' && size >= limit) {
      dropped ||= chunk.length > 0;
      return;
    }
    chunks.push(chunk);
    size += chunk.length;
    if (size > 2 * limit) shrink();
  }

  function text(): string {
    shrink();
    return Buffer.concat(chunks).toString('utf8');
  }

  return { add, text, truncated: () => dropped || size > limit };
}
