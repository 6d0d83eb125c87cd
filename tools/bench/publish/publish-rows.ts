import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageSpec } from '@nx-pypi/testkit';
import { drawPackages, poetryOnly } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import { pythonPeers } from '../python/python-peers.ts';
import type { Row, Sample, Side } from '../row.ts';
import { measuredScript } from '../run/measured-script.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, startRegistryProcess, token } from '../servers/registry-process.ts';
import { openSlowLink } from '../servers/slow-link.ts';

/** Built packages to an empty registry at three distances. */
export const publishRows: readonly Row[] = [0, 30, 100].map((roundTrip) => ({
  name: `publish-${roundTrip}`,
  question: `upload of 10 built packages, a wheel and an sdist each, ${roundTrip} ms round trip`,
  rounds: 2,
  async prepare({ quick, folder }) {
    const packages = drawPackages(usualShape(quick ? 4 : 10), poetryOnly);
    const root = join(folder, 'workspaces', `publish-${packages.length}`);
    const python = await pythonPeers(folder);
    const env = { PATH: `${python}:${process.env['PATH'] ?? ''}` };
    if (!existsSync(join(root, 'built'))) {
      writeMonorepo(root, packages, { nxJson: {}, projectFiles: false });
      const builds = packages.map(({ name }) => `uv build --quiet packages/${name}`);
      await runTimed(['sh', '-ec', builds.join('\n')], { cwd: root, env });
      mkdirSync(join(root, 'built'));
    }
    const place = { root, storage: join(folder, `publish-${roundTrip}`), roundTrip, env };
    return { sides: [own(place), ...peers(packages).map((peer) => contestant(place, peer))] };
  },
}));

interface Place {
  readonly root: string;
  readonly storage: string;
  readonly roundTrip: number;
  readonly env: Readonly<Record<string, string>>;
}

interface Peer {
  readonly name: string;
  /** Lines of a shell script, run in the workspace. */
  readonly script: (url: string) => readonly string[];
}

function peers(packages: readonly PackageSpec[]): readonly Peer[] {
  const login = `--username bench --password ${token}`;
  const all = 'packages/*/dist/*.whl packages/*/dist/*.tar.gz';
  return [
    {
      name: 'twine upload, all at once',
      script: (url) => [
        `twine upload --non-interactive --disable-progress-bar --repository-url ${url} ${login} ${all}`,
      ],
    },
    { name: 'uv publish, all at once', script: (url) => [`uv publish --quiet --publish-url ${url} ${login} ${all}`] },
    {
      name: 'poetry publish, each package',
      script: (url) => [
        `export POETRY_REPOSITORIES_BENCH_URL=${url}`,
        ...packages.map(({ name }) => `(cd packages/${name} && poetry publish --quiet --repository bench ${login})`),
      ],
    },
  ];
}

function own(place: Place): Side {
  const script = join(import.meta.dirname, 'measure-publish.ts');
  const measure = (port: number): Promise<Sample> =>
    measuredScript(script, [place.root, registryUrls(port).base, token], place.root);
  return { name: 'nx-pypi', measure: () => withEmptyRegistry(place, measure) };
}

function contestant(place: Place, { name, script }: Peer): Side {
  const measure = async (port: number): Promise<Sample> => {
    const { milliseconds, cpu } = await runTimed(['sh', '-ec', script(registryUrls(port).upload).join('\n')], {
      cwd: place.root,
      env: place.env,
    });
    return { milliseconds, cpu, outcome: '' };
  };
  return { name, measure: () => withEmptyRegistry(place, measure) };
}

/** The outcome is what the registry's storage holds afterwards: a blob per file. */
async function withEmptyRegistry(
  { storage, roundTrip }: Place,
  measure: (port: number) => Promise<Sample>,
): Promise<Sample> {
  rmSync(storage, { recursive: true, force: true });
  const registry = await startRegistryProcess(storage);
  const link = roundTrip === 0 ? null : await openSlowLink(registry.port, roundTrip);
  try {
    const sample = await measure(link?.port ?? registry.port);
    return { ...sample, outcome: `${readdirSync(join(storage, 'blobs')).length} files` };
  } finally {
    await link?.close();
    await registry.close();
  }
}
