import type { PythonPackage } from '@nx-pypi/manifests';
import type { Provenance } from '../model/provenance.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Found } from '../ports.ts';
import type { Commit, CommitLog } from './commit.ts';
import { touching } from './touching.ts';

export interface CommitsQuestion {
  readonly package: PythonPackage;
  readonly baseline: PublishedVersion;
  /** What the baseline says of its origin; null for another tool's. */
  readonly provenance: Provenance | null;
  /** All packages of the workspace. */
  readonly packages: readonly PythonPackage[];
}

/** What touches a package since its baseline: its provenance's revision, else its tag, else the commit that set it. */
export async function commitsOf(question: CommitsQuestion, log: CommitLog): Promise<Found<readonly Commit[]>> {
  const { package: pkg, baseline, provenance } = question;
  const revision = provenance?.revision ?? '';
  const start: Found<string> =
    revision === '' ? await log.released(pkg, baseline.text) : { kind: 'found', value: revision };
  if (start.kind === 'problem') return start;
  const commits = await log.since(start.value);
  return commits.kind === 'problem'
    ? commits
    : { kind: 'found', value: touching(commits.value, pkg, question.packages) };
}
