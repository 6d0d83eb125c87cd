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

/** All sides build sdist and wheel of every package; the peers as their users call them, one package after another. */
export const buildRows: readonly Row[] = [
  buildRow('build', mixedBackends, []),
  buildRow('build-poetry', poetryOnly, ['poetry build']),
];

function buildRow(name: string, backends: readonly Backend[], more: readonly string[]): Row {
  return {
    name,
    question: `sdists and wheels of 10 packages, ${backends.length} backend${backends.length > 1 ? 's' : ''}; what was installed or downloaded once is there`,
    rounds: 2,
    async prepare(settings) {
      const packages = drawPackages(usualShape(settings.quick ? backends.length : 10), backends);
      const root = join(settings.folder, 'workspaces', name);
      writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
      const path = `${await pythonPeers(settings.folder)}:${process.env['PATH'] ?? ''}`;
      const peers = ['uv build --quiet --out-dir dist', 'python -m build', 'python -m build --no-isolation', ...more];
      const sides = [own(root, settings, packages), ...peers.map((command) => peer(command, root, { packages, path }))];
      // Caches of build environments and downloads.
      for (const one of sides.slice(0, 2)) await one.measure();
      return { sides };
    },
  };
}

function own(root: string, { folder }: Settings, packages: readonly PackageSpec[]): Side {
  const cache = join(folder, 'build-cache');
  return { name: 'nx-pypi', measure: () => measuredScript(script, [root, cache, String(packages.length)], folder) };
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
