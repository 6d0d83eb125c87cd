import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock } from '@nx-pypi/workspace';

const folder = process.argv[2] ?? '';
const count = join(folder, 'count');

for (let step = 0; step < 10; step++) {
  const lock = await acquireLock(join(folder, 'podium'), {}, { wait: 50 });
  if (lock.kind === 'problem') process.exit(1);
  const read = Number(readFileSync(count, 'utf8'));
  await sleep(2);
  writeFileSync(count, String(read + 1));
  await lock.value.release();
}
