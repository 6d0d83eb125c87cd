import type { Response, Router } from 'express';
import type { Gitlab } from '../gitlab.ts';
import { refuse } from '../http/answer.ts';
import { handler } from '../http/handler.ts';
import { notFound } from '../http/refusal.ts';
import type { FileRecord } from '../storage/record.ts';
import { sendFile } from './send-file.ts';
import { openScope, type Scope } from './scope.ts';

interface FileParams {
  readonly id: string;
  readonly sha256: string;
  readonly filename: string[];
}

/** Downloads, by the digest that the uploader sent and the exact file name. */
export function addDownloadRoutes(router: Router, gitlab: Gitlab): void {
  for (const kind of ['projects', 'groups'] as const) {
    const path = `/${kind}/:id${kind === 'groups' ? '/-' : ''}/packages/pypi/files/:sha256/*filename`;
    const download = handler<FileParams>(async (request, response) => {
      const opened = openScope(gitlab, kind, request);
      if (opened.kind === 'refused') {
        refuse(response, opened.refusal);
        return;
      }
      const file = findFile(gitlab, opened.scope, request.params.sha256, request.params.filename.join('/'));
      if (file === null) refuse(response, kind === 'projects' ? notFound('Package') : notFound());
      else await deliver(gitlab, file, response);
    });
    router.get(path, download);
  }
}

/** The bytes, or a redirect to the storage's origin where the server keeps its files there. */
export async function deliver(gitlab: Gitlab, file: FileRecord, response: Response): Promise<void> {
  gitlab.downloads.set(file.packageId, new Date().toISOString());
  const redirected = gitlab.effectsOn(response).some((effect) => effect.kind === 'storage-redirect');
  if (gitlab.features.objectStorageRedirect || redirected) {
    response.redirect(302, await gitlab.storageUrl(file));
  } else {
    await sendFile(gitlab.storage, file, response);
  }
}

/** The last one, where a name and digest were uploaded into several rows. */
function findFile(gitlab: Gitlab, scope: Scope, sha256: string, filename: string): FileRecord | null {
  const files = gitlab.storage.catalog.filesWithDigest(sha256);
  return files.findLast((file) => file.filename === filename && scope.projectIds.has(file.projectId)) ?? null;
}
