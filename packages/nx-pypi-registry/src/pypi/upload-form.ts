import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { drain } from '../http/drain.ts';
import type { Layout } from '../storage/layout.ts';
import { discard, type Received, receive } from '../storage/receive.ts';
import type { ContentPart, Fields } from './upload-fields.ts';

/** A form that was read to its end. */
export interface UploadForm {
  readonly fields: Fields;
  readonly content: ContentPart;
  readonly filename: string;
  /** Null where no file came as `content`. */
  readonly received: Received | null;
  /** The file had more than the allowed bytes; the rest was read and dropped. */
  readonly tooLarge: boolean;
}

interface Content {
  readonly stream: BusboyFileStream;
  readonly filename: string;
  readonly received: Promise<Received>;
}

const emptyForm: UploadForm = { fields: new Map(), content: 'none', filename: '', received: null, tooLarge: false };

/**
 * Reads a multipart form, its file straight to disk. Null where the body is no readable form. Rejects where the client
 * went away or the disk refused. Nothing stays on disk in any of these cases.
 */
export async function readUploadForm(
  request: IncomingMessage,
  layout: Layout,
  maxFileSize: number,
): Promise<UploadForm | null> {
  const contentType = request.headers['content-type'];
  if (contentType === undefined || !/^multipart\/form-data\s*;.*boundary=/i.test(contentType)) {
    await drain(request);
    return emptyForm;
  }
  const headers = { ...request.headers, 'content-type': contentType };
  const parser = new Busboy({ headers, limits: { fileSize: maxFileSize } });
  const fields = new Map<string, string>();
  const contents: Content[] = [];
  parser.on('field', (name, value) => fields.set(name, value));
  parser.on('file', (name, stream, filename) => {
    if (name !== 'content' || filename === undefined || contents.length > 0) {
      stream.on('error', () => {}).resume();
      return;
    }
    const received = receive(layout, stream);
    received.catch((error: unknown) => parser.emit('error', error));
    contents.push({ stream, filename, received });
  });
  try {
    if (!(await parse(request, parser))) return await abandon(request, contents);
    const content = contents[0];
    if (content === undefined) return { ...emptyForm, fields, content: fields.has('content') ? 'text' : 'none' };
    const received = await content.received;
    return { fields, content: 'file', filename: content.filename, received, tooLarge: content.stream.truncated };
  } catch (error) {
    await abandon(request, contents);
    throw error;
  }
}

/** True once the form has been read; false where it is malformed. Rejects where it breaks off or cannot be written down. */
async function parse(request: IncomingMessage, parser: BusboyInstance): Promise<boolean> {
  return new Promise<boolean>((resolve, reject) => {
    parser.once('finish', () => resolve(true));
    parser.on('error', (error: unknown) => {
      if ((error as NodeJS.ErrnoException).syscall === undefined) resolve(false);
      else reject(error);
    });
    request.once('close', () => {
      if (!request.complete) reject(new Error('The client went away before its upload was complete.'));
    });
    request.pipe(parser);
  });
}

async function abandon(request: IncomingMessage, contents: readonly Content[]): Promise<null> {
  request.unpipe();
  for (const { stream, received } of contents) {
    stream.destroy();
    const kept = await received.catch(() => null);
    if (kept !== null) await discard(kept.path);
  }
  await drain(request);
  return null;
}
