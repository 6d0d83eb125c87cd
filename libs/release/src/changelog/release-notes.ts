import type { Commit } from '../commits/commit.ts';
import type { PlannedRelease } from '../model/plan.ts';
import { sectionText } from './section-text.ts';
import { sectionsOf } from './sections.ts';

/**
 * What a release means for users, in Markdown by the categories of Keep a Changelog, without a heading of its own: that is
 * the name and version of the release page, or of the file.
 * @param commits those that touch the package since its previous release, newest first; none for a first release
 */
export function releaseNotes(
  { previous, version, reasons }: Pick<PlannedRelease, 'previous' | 'version' | 'reasons'>,
  commits: readonly Commit[],
): string {
  if (previous === null) return 'First release.\n';
  if (previous === version) return `Files that ${version} lacked.\n`;
  return `Changes since ${previous}:\n\n${sectionText('', sectionsOf(commits, { reasons }))}\n`;
}
