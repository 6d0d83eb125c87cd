import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { packageName } from '../monorepo/packages.ts';
import type { Row } from '../row.ts';
import { command } from './job-rows.ts';
import { releasedMonorepo, useRegistry } from './released-monorepo.ts';

/** Versions and ranges worked out against the registry, in a clone of what was released, so that it stays as it is. */
export const bumpRow: Row = {
  name: 'bump',
  question: '`nx-pypi bump` of packages that the registry holds; registry at 0 ms',
  rounds: 3,
  async prepare(settings) {
    const size = settings.quick ? 10 : 1000;
    const { root: origin, registry, env } = await releasedMonorepo(settings, size);
    const root = join(settings.folder, 'workspaces', `bump-${size}`);
    rmSync(root, { recursive: true, force: true });
    execFileSync('git', ['clone', '--quiet', origin, root]);
    linkPeers(root, await installPeers(settings.folder));
    useRegistry(root, registry.port);
    const restore = (): void => void execFileSync('git', ['checkout', '--quiet', '--', 'packages'], { cwd: root });
    const clone = { root, registry, env };
    return {
      sides: [
        command(`${size} packages, minor, written`, clone, ['bump', '--level', 'minor', '--yes'], restore),
        command(`${size} packages, minor, --dry-run`, clone, ['bump', '--level', 'minor', '--dry-run'], restore),
        command(
          'one that half of them need, major',
          clone,
          ['bump', '--level', 'major', '--yes', packageName(0)],
          restore,
        ),
      ],
      close: registry.close,
    };
  },
};
