import { join } from 'node:path';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Row, Side } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';

const script = join(import.meta.dirname, 'measure-digests.ts');

/** The first thing that detection does with a package, and for most of them the only one. */
export const digestGrowthRow: Row = {
  name: 'digest-growth',
  question: 'the source digest of all packages by their number, nine files each, files in the memory of the system',
  rounds: 3,
  growth: true,
  limit: 'the processor; files that the system does not hold: the disk',
  prepare({ quick, folder }) {
    const sides = (quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000]).map((size): Side => {
      const root = join(folder, 'workspaces', `digest-${size}`);
      writeMonorepo(root, drawPackages(usualShape(size), mixedBackends), { nxJson: {}, projectFiles: false });
      return { name: String(size), measure: () => measuredScript(script, [root], root) };
    });
    return Promise.resolve({ sides });
  },
};
