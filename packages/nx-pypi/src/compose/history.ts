import type { Checkout, History, Relation } from '@nx-pypi/release';
import { isAncestor } from '@nx-pypi/workspace';

export interface HistoryOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly checkout: Checkout;
  readonly adopted: readonly string[];
  readonly allowDiverged: boolean;
}

/** Asks git how released revisions lie to HEAD, each revision once: a whole repository is usually released from a few. */
export function gitHistory({ root, env, checkout, adopted, allowDiverged }: HistoryOptions): History {
  const asked = new Map<string, Promise<Relation>>();
  return {
    repository: checkout.repository,
    revision: checkout.revision,
    adopted: new Set(adopted),
    allowDiverged,
    relation: (revision) => {
      const relation = asked.get(revision) ?? relationTo(revision, checkout.revision, { root, env });
      asked.set(revision, relation);
      return relation;
    },
  };
}

async function relationTo(
  theirs: string,
  head: string,
  { root, env }: Pick<HistoryOptions, 'root' | 'env'>,
): Promise<Relation> {
  if (theirs === head) return 'same';
  const before = await isAncestor(root, theirs, head, env);
  if (before.kind === 'problem') return 'unknown';
  if (before.value) return 'ancestor';
  const after = await isAncestor(root, head, theirs, env);
  if (after.kind === 'problem') return 'unknown';
  return after.value ? 'descendant' : 'diverged';
}
