import { join } from 'node:path';
import type { Row, Side } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';
import { registryUrls, type RegistryProcess, token } from '../servers/registry-process.ts';
import { farName } from './far-names.ts';
import { filledRegistry } from './filled-registry.ts';

const script = join(import.meta.dirname, 'measure-registry.ts');

/** The client alone: a registry near by answers as fast as it can, in a process of its own, and holds as many packages as are read. */
export const registryGrowthRow: Row = {
  name: 'registry-growth',
  question: 'the state of all packages by the number of packages; registry at 0 ms',
  rounds: 3,
  growth: true,
  limit: 'the processor; over a line its round trips, see registry-read',
  async prepare({ quick, folder }) {
    const sides: Side[] = [];
    const registries: RegistryProcess[] = [];
    for (const size of quick ? [30, 60, 100] : [100, 300, 1000, 3000, 10_000]) {
      const names = Array.from({ length: size }, (_, number) => farName(number));
      const registry = await filledRegistry(folder, names);
      registries.push(registry);
      const words = [registryUrls(registry.port).base, token, String(size)];
      sides.push({ name: String(size), measure: () => measuredScript(script, words, folder) });
    }
    return { sides, close: async () => void (await Promise.all(registries.map((one) => one.close()))) };
  },
};
