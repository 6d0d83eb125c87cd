import { normalizeName } from '@nx-pypi/standards';
import { remember } from './remember.ts';

/** PEP 503, for the names that thousands of declarations share. */
export const normalizedName: (name: string) => string = remember(normalizeName);
