import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from '@nx-pypi/workspace';

/** Writes the next verse into every file of the folder, again and again, until it is killed. */
const folder = process.argv[2] ?? '';
for (let verse = 1; ; verse++) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((path) => ({ path, before: readFileSync(join(folder, path), 'utf8'), after: `verse ${verse} of ${path}\n` }));
  const problems = await writeAll(folder, files);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  if (verse === 1) process.send?.('writing');
}
