import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { foreignMonorepo } from './foreign-monorepo.ts';
import { command } from './job-rows.ts';
import { releasedMonorepo, type ReleasedMonorepo } from './released-monorepo.ts';

/** Detection and plan without a release, as `--dry-run` and `nx-pypi status` do. */
export const detectRow: Row = {
  name: 'detect',
  question: '`nx-pypi plan` for 600 packages of our own; cold: nothing of ours is on the machine; registry at 0 ms',
  rounds: 3,
  async prepare(settings) {
    const repository = await releasedMonorepo(settings, settings.quick ? 10 : 600);
    return {
      sides: [
        command('warm', repository, ['plan']),
        command('cold', repository, ['plan'], () => dropEverything(repository)),
        command('no registry: list', repository, ['list']),
      ],
      close: repository.registry.close,
    };
  },
};

/** Nothing says what was released, so every package is built, and the released sources beside it where the two differ. */
export const detectForeignRow: Row = {
  name: 'detect-foreign',
  question:
    '`nx-pypi plan` for 600 packages that others released, built with backends of 2023; cold: nothing of ours is on the machine; registry at 0 ms',
  rounds: 1,
  async prepare(settings) {
    const repository = await foreignMonorepo(settings, settings.quick ? 5 : 600);
    return {
      sides: [
        command('cold', repository, ['plan'], () => dropEverything(repository)),
        command('warm', repository, ['plan']),
      ],
      close: repository.registry.close,
    };
  },
};

/** What a fresh machine does not have, build environments included; the installer's own downloads stay. */
function dropEverything({ root }: ReleasedMonorepo): void {
  rmSync(join(root, '.nx/nx-pypi'), { recursive: true, force: true });
}
