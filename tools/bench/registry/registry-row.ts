import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import {
  createRegistryClient,
  resolveTarget,
  type RegistryClient,
  type RegistryTarget,
} from '@nx-pypi/registry-client';
import { pythonPeers } from '../python/python-peers.ts';
import type { Row, Sample, Side } from '../row.ts';
import { runTimed } from '../run/timed.ts';
import { registryUrls, token } from '../servers/registry-process.ts';
import { startSlowLinkProcess } from '../servers/slow-link-process.ts';
import { farName } from './far-names.ts';
import { filledRegistry } from './filled-registry.ts';

const roundTrip = 50;
/** One at a time takes a minute for all: a tenth of them is read, and its time counted tenfold. */
const share = 10;

/** Every run reads what the registry holds of every package, and the registry is far away. */
export const registryRow: Row = {
  name: 'registry-read',
  question: `the state of all packages by project and group index, ${roundTrip} ms round trip`,
  rounds: 3,
  async prepare({ quick, folder }) {
    const count = quick ? 100 : 1000;
    const names = Array.from({ length: count }, (_, number) => farName(number));
    const registry = await filledRegistry(folder, names);
    const link = await startSlowLinkProcess(registry.port, roundTrip);
    const target = targetOf(registryUrls(link.port).base);
    const python = await pythonPeers(folder);
    return {
      sides: [
        side('nx-pypi', target, 1, async (client) => published(client, names)),
        side('without the REST list', { ...target, apiUrl: null }, 1, async (client) => published(client, names)),
        side(`one at a time, a tenth of them × ${share}`, target, share, async (client) => {
          let found = 0;
          for (const name of names.slice(0, count / share)) found += await published(client, [name]);
          return found;
        }),
        pip(join(python, 'python'), registryUrls(link.port).index, names),
      ],
      close: async () => {
        await link.close();
        await registry.close();
      },
    };
  },
};

function targetOf(url: string): RegistryTarget {
  const target = resolveTarget({ kind: 'gitlab', url, project: 'local/packages', group: 'local' }, {});
  if (target.kind === 'problem') throw new Error(target.problem.message);
  return target.value;
}

function side(
  name: string,
  target: RegistryTarget,
  factor: number,
  act: (client: RegistryClient) => Promise<number>,
): Side {
  return {
    name,
    measure: async (): Promise<Sample> => {
      const { origin } = new URL(target.uploadUrl);
      const credential = { username: 'bench', password: token, source: 'bench', origin };
      const client = createRegistryClient({ target, credential, cacheDir: '', userAgent: 'nx-pypi bench' });
      const requests = countRequests();
      const before = process.cpuUsage();
      const start = performance.now();
      const found = await act(client);
      const milliseconds = (performance.now() - start) * factor;
      const { user, system } = process.cpuUsage(before);
      await client.close();
      const outcome = `${found * factor} published, ${requests() * factor} requests`;
      return { milliseconds, cpu: ((user + system) / 1000) * factor, outcome };
    },
  };
}

/** Counts what undici sends until the returned function is called. */
function countRequests(): () => number {
  let sent = 0;
  const count = (): void => {
    sent += 1;
  };
  subscribe('undici:request:create', count);
  return () => {
    unsubscribe('undici:request:create', count);
    return sent;
  };
}

/** What @nxlv/python asks for each package in turn. A hundredth of them is asked, and counted a hundredfold. */
function pip(python: string, index: string, names: readonly string[]): Side {
  const asked = names.slice(0, names.length / 100);
  const factor = names.length / asked.length;
  const words = ['-m', 'pip', 'index', 'versions', '--index-url', index];
  return {
    name: `pip index versions, a hundredth × ${factor}`,
    measure: async (): Promise<Sample> => {
      const lines = asked.map((name) => [python, ...words, name].join(' '));
      const run = await runTimed(['sh', '-ec', lines.join('\n')], { cwd: '/' });
      const found = run.stdout.match(/^far-\d+ \(/gm)?.length ?? 0;
      return {
        milliseconds: run.milliseconds * factor,
        cpu: run.cpu * factor,
        outcome: `${found * factor} published`,
      };
    },
  };
}

async function published(client: RegistryClient, names: readonly string[]): Promise<number> {
  const states = await client.read(names);
  return [...states.values()].filter(({ kind }) => kind === 'published').length;
}
