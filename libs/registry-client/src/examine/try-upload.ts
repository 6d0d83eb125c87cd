import { Blob } from 'node:buffer';
import type { Problem } from '@nx-pypi/manifests';
import { FormData } from 'undici';
import type { Exchange } from '../http/exchange.ts';
import { refusal } from '../http/refusal.ts';
import { diagnoseByRest } from '../prove/ask-gitlab.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

/** No name and no version: GitLab stores neither. Source: GitLab's `package_name_regex` and `pypi_version_regex`. */
const impossible = '!';
const maxAnswerBytes = 1_000_000;

/**
 * Whether the credential may upload, found out by a form that cannot be stored: GitLab looks at the caller before it looks at
 * name and version. Null where it may. Source: GitLab's `POST projects/:id/packages/pypi`.
 */
export async function tryUpload(exchange: Exchange, target: RegistryTarget): Promise<Problem | null> {
  const form = new FormData();
  form.append('name', impossible);
  form.append('version', impossible);
  form.append('requires_python', '');
  form.append('content', new Blob(['nx-pypi doctor'], { type: 'application/octet-stream' }), 'nx-pypi-doctor.txt');
  const sent = await exchange.once(
    {
      method: 'POST',
      url: target.uploadUrl,
      body: form,
      authorization: 'basic',
      headers: { accept: 'application/json' },
    },
    maxAnswerBytes,
  );
  if (sent.kind === 'failed') return sent.problem;
  const { status } = sent.answer;
  if (status === 400 || status === 422) return null;
  if (status === 201) return stored(target);
  const explained = status === 404 ? await diagnoseByRest(exchange, target) : null;
  return explained ?? refusal(sent.answer, target, exchange);
}

function stored(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_REGISTRY_ERROR',
    message: `The registry stored a file under the name and version '${impossible}', which no index accepts.`,
    hint: 'Delete that package; this server is not the GitLab that it is configured as.',
    where: target.uploadUrl,
  };
}
