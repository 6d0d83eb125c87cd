import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardWrites } from '@nx-pypi/workspace';

/** A host that writes files in place, one after another. How far it gets is its second word: `FILE COUNT`, then it ends so. */
const [, , folder = '', written = '0', end = 'exit'] = process.argv;
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const changes = names.map((path) => ({
  path,
  before: readFileSync(join(folder, path), 'utf8'),
  after: `verse of ${path}\n`,
}));
const guard = await guardWrites(folder);
if (guard.kind === 'problem') throw new Error(guard.problem.code);
guard.value.begin(changes);
for (const { path, after } of changes.slice(0, Number(written))) writeFileSync(join(folder, path), after);
if (end === 'kill') {
  const next = changes[Number(written)];
  if (next !== undefined) writeFileSync(join(folder, next.path), next.after.slice(0, 5));
  process.kill(process.pid, 'SIGKILL');
}
if (end === 'done') await guard.value.done();
process.exit(0);
