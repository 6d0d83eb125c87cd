import type { Problem } from '@nx-pypi/manifests';
import type { Exchange } from '../http/exchange.ts';
import type { RegistryTarget } from '../target/registry-target.ts';
import { proveGitlab } from './prove-gitlab.ts';
import { provePypi } from './prove-pypi.ts';

/** What a proof came to; an open one is neither: the server answers alike with and without the credential. */
export type Proof =
  | { readonly kind: 'proven' }
  | { readonly kind: 'open'; readonly notice: Problem }
  | { readonly kind: 'refuted'; readonly problem: Problem };

export interface Prover {
  /** Whether `absent` counts (B3): asked once per run; null when it does. */
  reading(): Promise<Problem | null>;
  /** Whether uploads may start: asked again after a failure; null when they may. */
  uploading(): Promise<Problem | null>;
  /** What could not be proven, for the report. */
  notices(): readonly Problem[];
}

export function createProver(exchange: Exchange, target: RegistryTarget): Prover {
  const prove = async (): Promise<Proof> =>
    target.kind === 'gitlab' ? proveGitlab(exchange, target) : provePypi(exchange, target);
  const notices = new Map<string, Problem>();
  let pending: Promise<Proof> | null = null;

  async function asked(): Promise<Problem | null> {
    pending ??= prove();
    const proof = await pending;
    if (proof.kind === 'open') notices.set(proof.notice.code, proof.notice);
    return proof.kind === 'refuted' ? proof.problem : null;
  }

  return {
    reading: asked,
    async uploading() {
      if (exchange.credential === null && target.kind === 'gitlab') return noCredential(target);
      const known = await asked();
      if (known === null) return null;
      pending = prove();
      return asked();
    },
    notices: () => [...notices.values()],
  };
}

/** GitLab answers every anonymous upload with 401. */
function noCredential(target: RegistryTarget): Problem {
  return {
    code: 'NXPYPI_NO_CREDENTIAL',
    message: `No credential was found for ${new URL(target.uploadUrl).origin}, and GitLab takes no upload without one.`,
    hint: 'Set NX_PYPI_URL and NX_PYPI_TOKEN, add a section to ~/.pypirc, or run in CI, where CI_JOB_TOKEN is used.',
    where: target.uploadUrl,
  };
}
