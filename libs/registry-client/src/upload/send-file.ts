import { openAsBlob } from 'node:fs';
import type { UploadRequest } from '@nx-pypi/release';
import { FormData } from 'undici';
import type { Exchange, Exchanged } from '../http/exchange.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { formFields } from './form-fields.ts';
import { fitGitlab } from './gitlab-lengths.ts';

/** A busy GitLab answers when it has stored the file and moved it to its object storage. */
const patienceMs = 600_000;
const maxAnswerBytes = 1_000_000;

/** One try of one upload, streamed from disk with a Content-Length; the file is the last part, called `content`. */
export async function sendFile(exchange: Exchange, target: RegistryTarget, request: UploadRequest): Promise<Exchanged> {
  const fields = formFields(request);
  const form = new FormData();
  for (const [name, value] of target.kind === 'gitlab' ? fitGitlab(fields) : fields) form.append(name, value);
  const { file, filename } = request.artifact;
  form.append('content', await openAsBlob(file, { type: 'application/octet-stream' }), filename);
  return exchange.once(
    {
      method: 'POST',
      patienceMs,
      url: target.uploadUrl,
      body: form,
      authorization: 'basic',
      headers: { accept: 'application/json' },
    },
    maxAnswerBytes,
  );
}
