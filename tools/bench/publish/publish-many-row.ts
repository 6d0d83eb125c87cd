import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { command } from '../release/job-rows.ts';
import { useRegistry } from '../release/released-monorepo.ts';
import type { Row } from '../row.ts';
import { startRegistryProcess, token } from '../servers/registry-process.ts';

/** The largest run that is likely: does its memory grow with the packages? Both sides run once, in this order. */
export const publishManyRow: Row = {
  name: 'publish-3000',
  question: '`nx-pypi publish` of 3000 tiny packages in one run: built, uploaded, verified; registry at 0 ms',
  rounds: 1,
  async prepare(settings) {
    const count = settings.quick ? 3 : 3000;
    const home = join(settings.folder, 'publish-many');
    const root = join(home, 'workspace');
    rmSync(home, { recursive: true, force: true });
    writeMonorepo(root, drawPackages(usualShape(count), ['flit']), { nxJson: {}, projectFiles: false });
    linkPeers(root, await installPeers(settings.folder));
    const registry = await startRegistryProcess(join(home, 'registry'));
    useRegistry(root, registry.port);
    const place = { root, registry, env: { NX_PYPI_TOKEN: token } };
    return {
      sides: [command('all new', place, ['publish']), command('nothing changed', place, ['publish'])],
      close: async () => {
        await registry.close();
        rmSync(home, { recursive: true, force: true });
      },
    };
  },
};
