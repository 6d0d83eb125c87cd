import type { PythonPackage } from '@nx-pypi/manifests';
import type { Provenance } from '../model/provenance.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Builder, Found } from '../ports.ts';
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

/** Where the commits of a package are told from: the history, and the files that it is built from. */
export interface CommitPorts {
  readonly commits: CommitLog;
  readonly builder: Pick<Builder, 'sources'>;
}

/** What touches a package since its baseline: its provenance's revision, else its tag, else the commit that set it. */
export async function commitsOf(question: CommitsQuestion, ports: CommitPorts): Promise<Found<readonly Commit[]>> {
  const { package: pkg, baseline, provenance, packages } = question;
  const revision = provenance?.revision ?? '';
  const start: Found<string> =
    revision === '' ? await ports.commits.released(pkg, baseline.text) : { kind: 'found', value: revision };
  if (start.kind === 'problem') return start;
  const commits = await ports.commits.since(start.value);
  if (commits.kind === 'problem') return commits;
  const sources = await ports.builder.sources(pkg);
  if (sources.kind === 'problem') return sources;
  return { kind: 'found', value: touching(commits.value, { package: pkg, sources: sources.value, packages }) };
}
