import { closeSync, mkdirSync, openSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, Sample, Side } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';
import { registryUrls, startRegistryProcess, token } from '../servers/registry-process.ts';

/** Does the memory of the uploading process grow with the file? The registry needs room on disk for the largest. */
export const uploadLargeRow: Row = {
  name: 'upload-large',
  question:
    'memory of the process that uploads and verifies one sparse file of 1 MB, 100 MB and 1 GB; registry at 0 ms',
  rounds: 1,
  prepare({ quick, folder }) {
    const home = join(folder, 'upload-large');
    rmSync(home, { recursive: true, force: true });
    const sizes = quick ? [1, 2] : [1, 100, 1000];
    return Promise.resolve({
      sides: sizes.map((megabytes): Side => ({
        name: `${megabytes} MB`,
        measure: () => measure(join(home, String(megabytes)), megabytes * 1_000_000),
      })),
      close: () => Promise.resolve(rmSync(home, { recursive: true, force: true })),
    });
  },
};

async function measure(home: string, size: number): Promise<Sample> {
  mkdirSync(home, { recursive: true });
  const file = join(home, 'large-1.0.tar.gz');
  closeSync(openSync(file, 'w'));
  truncateSync(file, size);
  const registry = await startRegistryProcess(join(home, 'registry'));
  try {
    const script = join(import.meta.dirname, 'measure-large.ts');
    return await measuredScript(script, [file, registryUrls(registry.port).base, token], home);
  } finally {
    await registry.close();
    rmSync(home, { recursive: true, force: true });
  }
}
