import type { Problem, ReadText } from '@nx-pypi/manifests';
import { sectionsOf, withEntry, type BumpPlan, type FileChange } from '@nx-pypi/release';
import type { baselineCommits } from './baseline-commits.ts';

export interface Changelogs {
  readonly files: readonly FileChange[];
  readonly problems: readonly Problem[];
}

/** `CHANGELOG.md` of every package that a bump gives a new version, with a section for it. `date`: ISO 8601. */
export async function changelogs(
  plan: BumpPlan,
  commitsOf: ReturnType<typeof baselineCommits>,
  { readText, date }: { readonly readText: ReadText; readonly date: string },
): Promise<Changelogs> {
  const files: FileChange[] = [];
  const problems: Problem[] = [];
  for (const pkg of plan.packages) {
    const found = await commitsOf(pkg.name);
    if (found.kind === 'problem') {
      problems.push(found.problem);
      continue;
    }
    const path = pkg.path === '.' ? 'CHANGELOG.md' : `${pkg.path}/CHANGELOG.md`;
    const before = readText(path) ?? null;
    const sections = sectionsOf(found.value?.commits ?? [], pkg);
    const after = withEntry(before, { version: pkg.version, date, sections });
    if (after !== before) files.push({ path, before, after });
  }
  return { files, problems };
}
