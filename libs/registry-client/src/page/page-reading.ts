import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile } from '@nx-pypi/release';
import type { ProjectMarks } from './project-marks.ts';

/** What one index page says of one package. */
export type PageReading =
  /** `problems`: files that are no part of the answer, with the reason; what the index says of the project. */
  | { readonly kind: 'page'; readonly files: readonly PublishedFile[]; readonly problems: readonly Problem[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** The files of a page, or why it cannot be read. */
export type PageContent =
  | { readonly kind: 'files'; readonly files: readonly PublishedFile[]; readonly marks: ProjectMarks }
  | { readonly kind: 'unreadable'; readonly detail: string };
