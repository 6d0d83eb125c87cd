import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend, PackageSpec } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends, poetryOnly } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { pythonPeers } from '../python/python-peers.ts';
import type { Row, Sample, Settings, Side } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';
import { runTimed } from '../run/timed.ts';

const script = join(import.meta.dirname, 'measure-build.ts');

const uv = 'uv build --quiet --out-dir dist';
const pip = ['python -m build', 'python -m build --no-isolation'];

/** All sides build sdist and wheel of every package; the peers as their users call them, one package after another. */
export const buildRows: readonly Row[] = [
  buildRow('build', 10, { backends: mixedBackends, peers: [uv, ...pip] }),
  buildRow('build-poetry', 10, { backends: poetryOnly, peers: [uv, ...pip, 'poetry build'] }),
  buildRow('build-60', 60, { backends: mixedBackends, peers: [uv, 'python -m build'] }),
];

/** What a package costs beyond the first: peers start anew for each, so that theirs grow as the number of packages. */
export const buildGrowthRow: Row = {
  name: 'build-growth',
  question: 'sdists and wheels by the number of packages, 5 backends; build environments warm',
  rounds: 1,
  growth: true,
  limit: 'the backends',
  async prepare(settings) {
    const sizes = settings.quick ? [5, 10] : [10, 25, 60, 150, 400];
    const sides = sizes.map((size) => {
      const packages = drawPackages(usualShape(size), mixedBackends);
      const root = join(settings.folder, 'workspaces', `build-growth-${size}`);
      writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
      return own(String(size), root, { settings, packages });
    });
    await sides[0]?.measure();
    return { sides };
  },
};

interface Contest {
  readonly backends: readonly Backend[];
  readonly peers: readonly string[];
}

function buildRow(name: string, size: number, { backends, peers }: Contest): Row {
  return {
    name,
    question: `sdists and wheels of ${size} packages, ${backends.length} backend${backends.length > 1 ? 's' : ''}; what was installed or downloaded once is there`,
    rounds: 2,
    async prepare(settings) {
      const packages = drawPackages(usualShape(settings.quick ? 2 : size), backends);
      const root = join(settings.folder, 'workspaces', name);
      writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
      const path = `${await pythonPeers(settings.folder)}:${process.env['PATH'] ?? ''}`;
      const contestants = peers.map((command) => peer(command, root, { packages, path }));
      const sides = [own('nx-pypi', root, { settings, packages }), ...contestants];
      // Caches of build environments and downloads.
      await sides[0]?.measure();
      await peer(uv, root, { packages: packages.slice(0, backends.length), path }).measure();
      return { sides };
    },
  };
}

function own(
  name: string,
  root: string,
  { settings, packages }: { readonly settings: Settings; readonly packages: readonly PackageSpec[] },
): Side {
  const cache = join(settings.folder, 'build-cache');
  return { name, measure: () => measuredScript(script, [root, cache, String(packages.length)], settings.folder) };
}

function peer(
  command: string,
  root: string,
  { packages, path }: { readonly packages: readonly PackageSpec[]; readonly path: string },
): Side {
  const lines = packages.map(({ name }) => `(cd packages/${name} && ${command} >/dev/null 2>&1)`);
  return {
    name: command.replace(' --quiet --out-dir dist', ''),
    measure: async (): Promise<Sample> => {
      for (const { name } of packages) rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
      const count = `ls packages/*/dist/*.whl packages/*/dist/*.tar.gz | wc -l`;
      const { milliseconds, cpu, stdout } = await runTimed(['sh', '-ec', [...lines, count].join('\n')], {
        cwd: root,
        env: { PATH: path },
      });
      return { milliseconds, cpu, outcome: `${stdout.trim()} files` };
    },
  };
}
