import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageName } from '../monorepo/packages.ts';
import type { Row, Sample, Side } from '../row.ts';
import { runTimed } from '../run/timed.ts';
import { commandLine, type ReleasedMonorepo, releasedMonorepo } from './released-monorepo.ts';

/** What a pipeline costs on most days: everything is read and compared, nothing is released. */
export const unchangedGrowthRow: Row = {
  name: 'job-growth',
  question: '`nx-pypi publish` with nothing changed, caches warm, by the number of packages; registry at 0 ms',
  rounds: 3,
  seconds: 90,
  growth: true,
  limit: 'the processor; a far registry: see registry-read',
  async prepare(settings) {
    const repositories: (readonly [number, ReleasedMonorepo])[] = [];
    for (const size of settings.quick ? [5, 10] : [30, 100, 300, 1000, 3000]) {
      repositories.push([size, await releasedMonorepo(settings, size)]);
    }
    return {
      sides: repositories.map(([size, repository]) => publishing(String(size), repository)),
      close: async () => void (await Promise.all(repositories.map(([, { registry }]) => registry.close()))),
    };
  },
};

export const changedRow: Row = {
  name: 'job',
  question:
    'the whole job for 300 packages: `nx-pypi publish`; 1 % are three packages with a line more; registry at 0 ms',
  rounds: 3,
  async prepare(settings) {
    const size = settings.quick ? 10 : 300;
    const repository = await releasedMonorepo(settings, size);
    const changed = Array.from({ length: Math.max(1, Math.round(size / 100)) }, (_, index) =>
      packageName(index * 7 + 1),
    );
    return {
      sides: [
        publishing('nothing changed', repository),
        publishing('nothing changed, caches cold', repository, () => dropCaches(repository)),
        publishing('1 % changed', repository, () => change(repository.root, changed)),
      ],
      close: repository.registry.close,
    };
  },
};

function publishing(name: string, repository: ReleasedMonorepo, before: () => void = () => {}): Side {
  return command(name, repository, ['publish'], before);
}

/** A command of nx-pypi in the repository; `before` is not measured. */
export function command(
  name: string,
  { root, env }: ReleasedMonorepo,
  words: readonly string[],
  before: () => void = () => {},
): Side {
  return {
    name,
    measure: async (): Promise<Sample> => {
      before();
      const { milliseconds, cpu, memory, stdout } = await runTimed([process.execPath, commandLine(root), ...words], {
        cwd: root,
        env,
      });
      return { milliseconds, cpu, memory, outcome: outcomeOf(stdout) };
    },
  };
}

/** How many packages were published, or the last line: `0 to release, 300 up to date, 0 stopped`. */
function outcomeOf(stdout: string): string {
  const lines = stdout.trimEnd().split('\n');
  const published = lines.filter((line) => / published \(/.test(line)).length;
  return published > 0 ? `${published} published` : (lines.at(-1)?.trim() ?? '');
}

/** What a fresh machine does not have; build environments stay. */
function dropCaches({ root }: ReleasedMonorepo): void {
  for (const name of ['files', 'verdicts', 'facts.json', 'digests.json'])
    rmSync(join(root, '.nx/nx-pypi', name), { recursive: true, force: true });
}

/** The packages differ from what is released, in the commit. */
function change(root: string, names: readonly string[]): void {
  for (const name of names) {
    appendFileSync(
      join(root, 'packages', name, `src/${name.replaceAll('-', '_')}/pitch.py`),
      `A = ${440 + Date.now()}\n`,
    );
  }
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
  execFileSync('git', [...identity, 'commit', '--quiet', '--all', '--message=Tune'], { cwd: root, stdio: 'ignore' });
}
