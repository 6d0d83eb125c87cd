/** `npx tsx --conditions=nx-pypi-source tools/levels/main.ts`: writes docs/levels.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelsPage } from './page.ts';

writeFileSync(join(import.meta.dirname, '../../docs/levels.md'), levelsPage());
