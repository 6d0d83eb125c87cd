import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaries, readJson } from './manifests.ts';

const shebang = '#!/usr/bin/env node\n';

/** Makes built binaries runnable: compilers write plain files, and npm links a workspace's binaries without looking at their mode again. */
export function finishBinaries(packageRoot: string): void {
  for (const path of binaries(readJson(join(packageRoot, 'package.json')))) {
    const file = join(packageRoot, path);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    if (!text.startsWith('#!')) writeFileSync(file, shebang + text);
    chmodSync(file, 0o755);
  }
}
