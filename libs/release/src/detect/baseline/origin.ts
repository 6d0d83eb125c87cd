import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { Provenance } from '../../model/provenance.ts';
import type { PublishedVersion } from '../../model/registry-state.ts';

/** How another revision lies to HEAD. `unknown`: the clone does not hold it and it could not be fetched. */
export type Relation = 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown';

/** Asks the checkout where a revision stands; see rules C5 and C6. */
export interface History {
  /** `host/path` of this repository, or '' when it has no remote. */
  readonly repository: string;
  /** HEAD, or '' outside git. */
  readonly revision: string;
  /** Repositories whose baselines are adopted (C5). */
  readonly adopted: ReadonlySet<string>;
  readonly allowDiverged: boolean;
  /** How `revision` lies to HEAD: `ancestor` means that HEAD contains it. */
  readonly relation: (revision: string) => Promise<Relation>;
}

export type Origin =
  | { readonly kind: 'ours' }
  | { readonly kind: 'superseded'; readonly theirs: string; readonly ours: string }
  | { readonly kind: 'stop'; readonly problem: Problem };

/** Rules C5 and C6: whether this checkout may follow the baseline. Without provenance or outside git nothing speaks against it. */
export async function originOf(
  pkg: PythonPackage,
  baseline: PublishedVersion,
  provenance: Provenance | null,
  history: History,
): Promise<Origin> {
  if (provenance === null) return { kind: 'ours' };
  const foreign =
    provenance.repository !== '' && history.repository !== '' && provenance.repository !== history.repository;
  if (foreign) {
    if (history.adopted.has(provenance.repository)) return { kind: 'ours' };
    return { kind: 'stop', problem: foreignBaseline(pkg, baseline, provenance, history) };
  }
  if (provenance.revision === '' || history.revision === '') return { kind: 'ours' };
  const relation = await history.relation(provenance.revision);
  switch (relation) {
    case 'same':
    case 'ancestor':
      return { kind: 'ours' };
    case 'descendant':
      return { kind: 'superseded', theirs: provenance.revision, ours: history.revision };
    case 'diverged':
      return history.allowDiverged
        ? { kind: 'ours' }
        : { kind: 'stop', problem: diverged(pkg, baseline, provenance, history) };
    case 'unknown':
      return { kind: 'stop', problem: staleCheckout(pkg, baseline, provenance) };
  }
}

function foreignBaseline(
  pkg: PythonPackage,
  baseline: PublishedVersion,
  provenance: Provenance,
  history: History,
): Problem {
  return {
    code: 'NXPYPI_FOREIGN_BASELINE',
    message: `${pkg.normalizedName} ${baseline.text} in the registry was released from ${provenance.repository}, not from ${history.repository}`,
    hint: `if this repository takes the package over, list "${provenance.repository}" under the option "adopt"`,
    where: pkg.manifest,
  };
}

function diverged(pkg: PythonPackage, baseline: PublishedVersion, provenance: Provenance, history: History): Problem {
  return {
    code: 'NXPYPI_DIVERGED',
    message: `${pkg.normalizedName} ${baseline.text} was released from ${provenance.revision.slice(0, 12)}, which is neither in the history of ${history.revision.slice(0, 12)} nor follows it`,
    hint: 'merge or rebase so that the released commit is in this branch, or pass --allow-diverged to release from here all the same',
    where: pkg.manifest,
  };
}

function staleCheckout(pkg: PythonPackage, baseline: PublishedVersion, provenance: Provenance): Problem {
  return {
    code: 'NXPYPI_STALE_CHECKOUT',
    message: `${pkg.normalizedName} ${baseline.text} was released from commit ${provenance.revision.slice(0, 12)}, which this clone does not hold`,
    hint: `fetch it: git fetch --filter=tree:0 --unshallow origin, or set GIT_DEPTH: 0 in CI`,
    where: pkg.manifest,
  };
}
