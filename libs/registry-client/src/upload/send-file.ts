import type { UploadRequest } from '@nx-pypi/release';
import type { Exchange, Exchanged } from '../http/exchange.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { formFields } from './form-fields.ts';
import { fitGitlab } from './gitlab-lengths.ts';
import { multipart } from './multipart.ts';

/** A busy GitLab answers when it has stored the file and moved it to its object storage. */
const patienceMs = 600_000;
const maxAnswerBytes = 1_000_000;

/** One try of one upload, with a Content-Length; the file is the last part, called `content`. Null where it is not what was checked. */
export async function sendFile(
  exchange: Exchange,
  target: RegistryTarget,
  request: UploadRequest,
): Promise<Exchanged | null> {
  const fields = formFields(request);
  const { file: path, filename, size, sha256 } = request.artifact;
  const form = multipart(target.kind === 'gitlab' ? fitGitlab(fields) : fields, {
    field: 'content',
    filename,
    path,
    size,
    sha256,
  });
  if (form === null) return null;
  return exchange.once(
    {
      method: 'POST',
      patienceMs,
      url: target.uploadUrl,
      body: form.body,
      authorization: 'basic',
      headers: { accept: 'application/json', ...form.headers },
    },
    maxAnswerBytes,
  );
}
