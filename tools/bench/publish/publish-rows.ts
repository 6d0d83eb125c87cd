import { readdirSync, rmSync } from 'node:fs';
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
import { writeArtifacts } from './write-artifacts.ts';

/** As many as a release uploads at once, unless it is told otherwise. */
const AT_ONCE = 16;

/** Packages that a peer which starts anew for each is measured with; its figures are multiplied. */
const LOOPED = 10;

/** Built packages to an empty registry at three distances; the distance of the goals is 30 ms. */
export const publishRows: readonly Row[] = [0, 30, 100].map((roundTrip) => {
  const most = roundTrip === 30 ? 200 : LOOPED;
  return {
    name: `publish-${roundTrip}`,
    question: `upload of ${most} built packages, a wheel and an sdist each, ${roundTrip} ms round trip`,
    rounds: 2,
    seconds: 150,
    async prepare({ quick, folder }) {
      const packages = drawPackages(usualShape(quick ? 2 : most), poetryOnly);
      const python = await pythonPeers(folder);
      const place = {
        root: join(folder, 'workspaces', `upload-${packages.length}`),
        storage: join(folder, `publish-${roundTrip}`),
        roundTrip,
        packages,
        env: { PATH: `${python}:${process.env['PATH'] ?? ''}` },
      };
      writeMonorepo(place.root, packages, { nxJson: {}, projectFiles: false });
      writeArtifacts(place.root, packages);
      const bound = roundTrip === 0 ? [] : [lineAlone(place)];
      return { sides: [own(place), ...bound, ...peers.map((peer) => contestant(place, peer))] };
    },
  };
});

export interface Place {
  readonly root: string;
  readonly storage: string;
  readonly roundTrip: number;
  readonly packages: readonly PackageSpec[];
  readonly env: Readonly<Record<string, string>>;
}

interface Peer {
  readonly name: string;
  /** Most packages that it is measured with. */
  readonly most: number;
  /** Lines of a shell script, run in the workspace. */
  readonly script: (url: string, names: readonly string[]) => readonly string[];
}

const login = `--username bench --password ${token}`;

const peers: readonly Peer[] = [
  {
    name: 'twine upload, each package',
    most: LOOPED,
    script: (url, names) =>
      names.map(
        (name) =>
          `twine upload --non-interactive --disable-progress-bar --repository-url ${url} ${login} packages/${name}/dist/*`,
      ),
  },
  {
    name: 'uv publish, all at once',
    most: Infinity,
    script: (url, names) => [
      `uv publish --quiet --publish-url ${url} ${login} ${names.map((name) => `packages/${name}/dist/*`).join(' ')}`,
    ],
  },
  {
    name: 'poetry publish, each package',
    most: LOOPED,
    script: (url, names) => [
      `export POETRY_REPOSITORIES_BENCH_URL=${url}`,
      ...names.map((name) => `(cd packages/${name} && poetry publish --quiet --repository bench ${login})`),
    ],
  },
];

export function own(place: Place): Side {
  const script = join(import.meta.dirname, 'measure-publish.ts');
  const measure = (port: number): Promise<Sample> =>
    measuredScript(script, [place.root, registryUrls(port).base, token, String(AT_ONCE)], place.root);
  return { name: 'nx-pypi', measure: () => withEmptyRegistry(place, measure) };
}

/**
 * No program, but arithmetic: a connection and the two requests that prove the credential; the other connections; of every package
 * one look and two uploads one after another, in turns; a page and a length of the last. Nothing else takes time.
 */
function lineAlone({ roundTrip, packages }: Place): Side {
  const milliseconds = (3 + 1 + Math.ceil(packages.length / AT_ONCE) * 3 + 2) * roundTrip;
  return {
    name: `the line alone, ${AT_ONCE} at once`,
    measure: () => Promise.resolve({ milliseconds, cpu: 0, outcome: 'arithmetic' }),
  };
}

function contestant(place: Place, { name, most, script }: Peer): Side {
  const chosen = place.packages.slice(0, most).map((one) => one.name);
  const factor = place.packages.length / chosen.length;
  const measure = async (port: number): Promise<Sample> => {
    const lines = script(registryUrls(port).upload, chosen);
    const { milliseconds, cpu } = await runTimed(['sh', '-ec', lines.join('\n')], { cwd: place.root, env: place.env });
    return { milliseconds: milliseconds * factor, cpu: cpu * factor, outcome: '' };
  };
  return {
    name: factor === 1 ? name : `${name}, ${chosen.length} times ${factor}`,
    measure: () => withEmptyRegistry(place, measure),
  };
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
