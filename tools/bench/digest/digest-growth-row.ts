import { join } from 'node:path';
import { contestants, written } from '../graph/workspaces.ts';
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
  async prepare(settings) {
    const [, contestant] = contestants;
    const sides: Side[] = [];
    for (const size of settings.quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000]) {
      const { root } = await written(settings, contestant, size);
      sides.push({ name: String(size), measure: () => measuredScript(script, [root], root) });
    }
    return { sides };
  },
};
