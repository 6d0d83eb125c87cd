import { basename } from 'node:path';
import type { Response } from 'express';
import type { FileRecord } from '../storage/record.ts';
import type { Storage } from '../storage/storage.ts';

/** Streams a stored file, with ranges and HEAD as Workhorse serves them. Resolves at the end of the answer, however it ended. */
export async function sendFile(storage: Storage, file: FileRecord, response: Response): Promise<void> {
  const name = file.filename.replaceAll(/["\\\r\n]/g, '_');
  response.set('Content-Type', 'application/octet-stream');
  response.set(
    'Content-Disposition',
    `attachment; filename="${asciiOnly(name)}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  );
  await new Promise<void>((resolve) => {
    response.sendFile(
      basename(storage.blobPath(file)),
      { root: storage.layout.blobs, dotfiles: 'allow', cacheControl: false },
      (error) => {
        if (error !== undefined && !response.headersSent) response.status(404).json({ message: '404 Not Found' });
        resolve();
      },
    );
  });
}

function asciiOnly(name: string): string {
  return name.replaceAll(/[^\u0020-\u007E]/g, '_');
}
