import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import { handler } from './http/handler.ts';
import { listen, stop, urlHost } from './http/listen.ts';
import type { RequestLog } from './http/request-log.ts';
import { sendFile } from './pypi/send-file.ts';
import type { FileRecord } from './storage/record.ts';
import type { Storage } from './storage/storage.ts';

/** A second listener that plays the object storage: signed URLs only, and no credentials. */
export interface StorageOrigin {
  readonly urlOf: (file: FileRecord) => string;
  readonly close: () => Promise<void>;
}

/** Listens on a free port of the same host, which makes it another origin. */
export async function startStorageOrigin(storage: Storage, host: string, log: RequestLog): Promise<StorageOrigin> {
  const key = randomBytes(32);
  const sign = (blob: string): string => createHmac('sha256', key).update(blob).digest('hex');
  const app = express().disable('x-powered-by');
  app.use((request, response, next) => {
    log.watch('storage', request, response);
    next();
  });
  const download = handler<{ id: string; blob: string }>(async (request, response) => {
    const record = storage.catalog
      .rowById(Number(request.params.id))
      ?.files.find((file) => file.blob === request.params.blob);
    if (request.headers.authorization !== undefined) {
      // S3 answers so where a signed URL and an Authorization header come together.
      response.status(400).type('application/xml').send('<Error><Code>InvalidArgument</Code></Error>');
    } else if (record === undefined || request.query['X-Signature'] !== sign(record.blob)) {
      response.status(403).type('application/xml').send('<Error><Code>AccessDenied</Code></Error>');
    } else {
      await sendFile(storage, record, response);
    }
  });
  app.get('/packages/:id/:blob', download);
  const server = createServer(app);
  const port = await listen(server, host, 0);
  return {
    urlOf: (file) =>
      `http://${urlHost(host)}:${port}/packages/${file.packageId}/${file.blob}?X-Signature=${sign(file.blob)}`,
    close: () => stop(server),
  };
}
