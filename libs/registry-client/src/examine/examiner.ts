import type { Problem } from '@nx-pypi/manifests';
import { openExchange } from '../http/open-exchange.ts';
import { createProver } from '../prove/prover.ts';
import type { RegistryClientOptions } from '../registry-client.ts';
import { secretsOf } from '../text/redact.ts';
import { createScrubber } from '../text/scrub.ts';
import { findForwarding, type Forwarding } from './find-forwarding.ts';
import { tryUpload } from './try-upload.ts';

export type { Forwarding } from './find-forwarding.ts';

/** What a credential may do; `unproven`: the server answers alike with and without it. */
export type Permission =
  | { readonly kind: 'granted' }
  | { readonly kind: 'unproven'; readonly why: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Questions about a registry that no release asks; nothing is stored. */
export interface Examiner {
  reading(): Promise<Permission>;
  uploading(): Promise<Permission>;
  /** One entry per index that is read. */
  forwarding(): Promise<readonly Forwarding[]>;
  close(): Promise<void>;
}

const openToAll = 'The index can be read by everybody, so that says nothing of the credential.';

export function createExaminer(options: RegistryClientOptions): Examiner {
  const { target, credential } = options;
  const { exchange, close } = openExchange(options);
  const prover = createProver(exchange, target);
  const scrub = createScrubber(secretsOf(credential));
  const refused = (problem: Problem): Permission => ({ kind: 'refused', problem: scrub.problem(problem) });

  return {
    close,
    async reading() {
      const problem = await prover.reading();
      if (problem !== null) return refused(problem);
      return prover.notices().length === 0 ? { kind: 'granted' } : { kind: 'unproven', why: openToAll };
    },
    async uploading() {
      if (target.kind !== 'gitlab') {
        return { kind: 'unproven', why: 'This server can only be asked by an upload.' };
      }
      const problem = credential === null ? await prover.uploading() : await tryUpload(exchange, target);
      return problem === null ? { kind: 'granted' } : refused(problem);
    },
    async forwarding() {
      const indexes = [target.projectIndexUrl, ...(target.groupIndexUrl === null ? [] : [target.groupIndexUrl])];
      return Promise.all(
        indexes.map(async (indexUrl) => {
          const found = await findForwarding(exchange, target, indexUrl);
          return found.kind === 'unknown' ? { ...found, problem: scrub.problem(found.problem) } : found;
        }),
      );
    },
  };
}
