import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { FormField } from './form-fields.ts';

export interface FormFile {
  readonly field: string;
  readonly filename: string;
  /** Absolute path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface Multipart {
  readonly headers: Readonly<Record<'content-type' | 'content-length', string>>;
  readonly body: Buffer | Readable;
}

/** Smaller files are sent from memory. */
const STREAMED_FROM = 1024 * 1024;

/**
 * A form whose last part is a file (RFC 7578), encoded as browsers do (HTML, "multipart/form-data encoding algorithm"). A large
 * file is streamed with constant memory. No form is completed with other bytes than those of the digest: null where a small file
 * has changed, and a body that breaks off where a large one has.
 */
export function multipart(fields: readonly FormField[], file: FormFile): Multipart | null {
  const boundary = `nx-pypi-${randomUUID()}`;
  const texts = fields.map(
    ([name, value]) => `${head(boundary, name)}\r\n\r\n${value.replaceAll(/\r\n?|\n/g, '\r\n')}\r\n`,
  );
  const type = 'Content-Type: application/octet-stream';
  const opening = `${head(boundary, file.field)}; filename="${escaped(file.filename)}"\r\n${type}\r\n\r\n`;
  const before = Buffer.from(texts.join('') + opening);
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(before.length + file.size + after.length),
  };
  if (file.size >= STREAMED_FROM)
    return { headers, body: Readable.from(parts(before, file, after), { objectMode: false }) };
  const content = contentOf(file);
  return content === null ? null : { headers, body: Buffer.concat([before, content, after]) };
}

/** Read in this thread: handing a small file to another takes longer. */
function contentOf({ path, sha256 }: FormFile): Buffer | null {
  try {
    const content = readFileSync(path);
    return createHash('sha256').update(content).digest('hex') === sha256 ? content : null;
  } catch {
    return null;
  }
}

async function* parts(before: Buffer, { path, filename, sha256 }: FormFile, after: Buffer): AsyncGenerator<Buffer> {
  yield before;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: STREAMED_FROM }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${filename} changed while it was sent`);
  yield after;
}

function head(boundary: string, name: string): string {
  return `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`;
}

function escaped(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
