import type { Problem } from '@nx-pypi/manifests';
import { printableUrl } from '../target/origin.ts';

/** What an index says of a project beside its files, as written. */
export interface ProjectMarks {
  /** `active`, `archived`, `quarantined`, `deprecated` or anything else; null where nothing is said, which is `active` (PEP 792). */
  readonly status: string | null;
  readonly reason: string | null;
  /** Project pages of other indexes whose files these are (PEP 708). */
  readonly tracks: readonly string[];
}

export interface MarkedProject {
  readonly name: string;
  /** URL of its page. */
  readonly url: string;
  readonly marks: ProjectMarks;
  readonly printable: (text: string) => string;
}

/** Why the page says nothing of what is published: an index offers no file of a quarantined project (PEP 792). */
export function quarantine({ name, url, marks, printable }: MarkedProject): Problem | null {
  if (marks.status !== 'quarantined') return null;
  return {
    code: 'NXPYPI_PROJECT_QUARANTINED',
    message: `The registry has quarantined ${name}${because(marks, printable)}: it hides what was published, and takes no uploads.`,
    hint: 'Ask those who run the registry; nothing is released while it says so.',
    where: printableUrl(url),
  };
}

/** What a person should know; `deprecated` and unknown statuses are as `active` to an index (PEP 792). */
export function remarks({ name, url, marks, printable }: MarkedProject): readonly Problem[] {
  const where = printableUrl(url);
  const archived: Problem = {
    code: 'NXPYPI_PROJECT_ARCHIVED',
    message: `The registry has archived ${name}${because(marks, printable)}: it takes no uploads for it.`,
    hint: 'Take it out of the archive before its next release, or set `publish = false` in its manifest.',
    where,
  };
  const tracked = (other: string): Problem => ({
    code: 'NXPYPI_PROJECT_TRACKED',
    message: `The registry says that its files of ${name} are those of ${printable(printableUrl(other))} (PEP 708).`,
    hint: 'If that is not your own index, another project has the name: rename the package, or publish to an index that inherits nothing.',
    where,
  });
  return [...(marks.status === 'archived' ? [archived] : []), ...marks.tracks.map(tracked)];
}

function because({ reason }: ProjectMarks, printable: (text: string) => string): string {
  return reason === null || reason.trim() === '' ? '' : ` ("${printable(reason)}")`;
}
