import { join } from 'node:path';
import { drawPackages, poetryOnly } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Row, Side } from '../row.ts';
import { own } from './publish-rows.ts';
import { writeArtifacts } from './write-artifacts.ts';

/** Up to as many as one run is likely to release; publish-3000 shows one that is larger. */
export const publishGrowthRow: Row = {
  name: 'publish-growth',
  question: 'upload of built packages by their number, a wheel and an sdist each; registry at 0 ms',
  rounds: 3,
  growth: true,
  limit:
    'the registry, which writes each file to its disk, and the processor; over a line its round trips, see publish-30',
  prepare({ quick, folder }) {
    const sides = (quick ? [2, 4] : [25, 50, 100, 200, 400]).map((size): Side => {
      const packages = drawPackages(usualShape(size), poetryOnly);
      const root = join(folder, 'workspaces', `upload-growth-${size}`);
      writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
      writeArtifacts(root, packages);
      const place = { root, storage: join(folder, 'publish-growth'), roundTrip: 0, packages, env: {} };
      return { ...own(place), name: String(size) };
    });
    return Promise.resolve({ sides });
  },
};
