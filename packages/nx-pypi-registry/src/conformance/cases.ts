import type { ConformanceCase } from './case.ts';
import { downloadCases } from './cases/download.ts';
import { readCases } from './cases/read.ts';
import { restCases } from './cases/rest.ts';
import { uploadAccessCases } from './cases/upload-access.ts';
import { uploadCases } from './cases/upload.ts';

/** All that is known of GitLab's behaviour, as 51 numbered cases. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...uploadCases,
  ...uploadAccessCases,
  ...readCases,
  ...downloadCases,
  ...restCases,
];
