import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPeers, linkPeers } from '../graph/peers.ts';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { pythonPeers } from '../python/python-peers.ts';
import type { Row, Sample, Side } from '../row.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, startRegistryProcess, token } from '../servers/registry-process.ts';
import { commandLine, useRegistry } from './released-monorepo.ts';

interface Job {
  readonly root: string;
  readonly storage: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Nobody released any of them before; the peer does what people write into a CI file. */
export const firstReleaseRow: Row = {
  name: 'job-all-new',
  question: 'every package built and published for the first time; build environments warm; registry at 0 ms',
  rounds: 2,
  async prepare(settings) {
    const count = settings.quick ? 2 : 20;
    const installed = await installPeers(settings.folder);
    const python = await pythonPeers(settings.folder);
    const folder = join(settings.folder, 'first-release');
    const root = join(folder, 'workspace');
    const packages = drawPackages(usualShape(count), mixedBackends);
    writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
    linkPeers(root, installed);
    const env = { NX_PYPI_TOKEN: token, PATH: `${python}:${process.env['PATH'] ?? ''}` };
    const job = { root, storage: join(folder, 'registry'), env };
    const loop = packages.map(
      ({ name }) => `uv build --quiet --out-dir ${join(folder, 'dist', name)} packages/${name}`,
    );
    const sides = [
      side(`nx-pypi publish, ${count} packages`, job, () => [
        process.execPath,
        commandLine(root),
        'publish',
        '--new',
        'all',
      ]),
      side('uv build and uv publish, one after another', job, (port) => {
        rmSync(join(folder, 'dist'), { recursive: true, force: true });
        const upload = `uv publish --quiet --publish-url ${registryUrls(port).upload} --username bench --password ${token}`;
        const lines = loop.map(
          (build, index) => `${build} && ${upload} ${join(folder, 'dist', packages[index]?.name ?? '')}/*`,
        );
        return ['sh', '-ec', lines.join('\n')];
      }),
    ];
    // The first run makes the build environments.
    await sides[0]?.measure();
    return { sides };
  },
};

function side(name: string, { root, storage, env }: Job, words: (port: number) => readonly string[]): Side {
  return {
    name,
    measure: async (): Promise<Sample> => {
      rmSync(storage, { recursive: true, force: true });
      const registry = await startRegistryProcess(storage);
      try {
        useRegistry(root, registry.port);
        const { milliseconds, cpu } = await runTimed(words(registry.port), { cwd: root, env });
        return { milliseconds, cpu, outcome: await published(registry.port) };
      } finally {
        await registry.close();
      }
    },
  };
}

/** How many names the index lists, asked of the registry itself. */
async function published(port: number): Promise<string> {
  const response = await fetch(`${registryUrls(port).base}/api/v4/projects/1/packages?per_page=100&package_type=pypi`, {
    headers: { 'private-token': token },
  });
  const listed = (await response.json()) as readonly unknown[];
  return `${listed.length} packages in the registry`;
}
