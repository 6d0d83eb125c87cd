import type { Problem } from '@nx-pypi/manifests';
import type { BuildOutcome } from '@nx-pypi/release';
import type { Tree } from '@nx-pypi/testkit';
import { expect, it } from 'vitest';
import { artifactsOf, hallWith } from './hall.ts';

/** A package whose setup.py runs `code` first; out of sight of those who read it without running it. */
function guest(name: string, code: string): Tree {
  return {
    [`${name}/setup.py`]: `from setuptools import setup\n\nwith open("tricks.txt") as file:\n    exec(file.read())\n\nsetup(name="${name}", version="1.0.0", py_modules=["${name}"])\n`,
    [`${name}/tricks.txt`]: `import os, signal, sys, time\n\n${code}\n`,
    [`${name}/${name}.py`]: '',
  };
}

async function playBeside(
  code: string,
  seconds = 60,
): Promise<{ readonly outcome: BuildOutcome; readonly milliseconds: number }> {
  const hall = await hallWith(
    { ...guest('tuba', code), ...guest('flute', '') },
    { timeoutSeconds: seconds, concurrency: 2 },
  );
  const [tuba, flute] = [await hall.packageAt('tuba'), await hall.packageAt('flute')];
  artifactsOf(await hall.play(flute, '1.0.0'));
  const started = Date.now();
  const [outcome, neighbour] = await Promise.all([hall.play(tuba, '1.0.0'), hall.play(flute, '1.0.1')]);
  expect(artifactsOf(neighbour).wheel.filename).toBe('flute-1.0.1-py3-none-any.whl');
  return { outcome, milliseconds: Date.now() - started };
}

it('kills a build that hangs, with what it started, and shows its last lines', async () => {
  const code = 'print("waiting for the conductor", flush=True)\nos.fork()\ntime.sleep(600)';
  const { outcome, milliseconds } = await playBeside(code, 5);
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'NXPYPI_BUILD_TIMEOUT', where: 'tuba/setup.py' } });
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('waiting for the conductor');
  expect(milliseconds).toBeLessThan(30_000);
});

it.each([
  ['a signal', 'os.kill(os.getpid(), signal.SIGSEGV)', 'SIGSEGV'],
  ['an exit without a word', 'os._exit(7)', 'exit code 7'],
  ['sys.exit', 'sys.exit("no reed")', 'SystemExit: no reed'],
  ['an exception', 'raise RuntimeError("the valve is stuck")', 'RuntimeError: the valve is stuck'],
  ['the end of its parent', 'os.kill(os.getppid(), signal.SIGKILL)', 'SIGKILL'],
])('a build that ends by %s fails alone', async (_, code, said) => {
  const { outcome } = await playBeside(code);
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'NXPYPI_BUILD_FAILED' } });
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain(said);
});

it.runIf(process.platform === 'linux')('a build that kills the build server fails alone', async () => {
  const code = `
def stat(pid, field):
    with open("/proc/%d/stat" % pid) as file:
        return int(file.read().rpartition(")")[2].split()[field])

server = stat(os.getppid(), 1)
with open("/proc/%d/cmdline" % server, "rb") as file:
    if b"serve" in file.read().split(b"\\0"):
        os.kill(server, signal.SIGKILL)
        time.sleep(30)
raise RuntimeError("encore")`;
  const { outcome, milliseconds } = await playBeside(code);
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'NXPYPI_BUILD_FAILED' } });
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('encore');
  expect(milliseconds).toBeLessThan(20_000);
});

it('survives 100 MB of output and keeps its beginning and end', async () => {
  const code =
    'line = "x" * 999 + "\\n"\nfor _ in range(100_000):\n    sys.stdout.write(line)\nsys.stdout.flush()\nraise RuntimeError("out of breath")';
  const { outcome } = await playBeside(code);
  const failed = outcome.kind === 'failed' ? outcome : { problem: { message: '' }, log: '' };
  expect(failed.problem.message).toContain('out of breath');
  expect(failed.log.length).toBeLessThan(2 * 1024 * 1024);
  expect(failed.log).toMatch(/\[\d+ bytes left out\]/);
});

it('a build that leaves a stray process is built, and the stray is not waited for', async () => {
  const { outcome, milliseconds } = await playBeside('if os.fork() == 0:\n    time.sleep(600)');
  expect(artifactsOf(outcome).sdist.filename).toBe('tuba-1.0.0.tar.gz');
  expect(milliseconds).toBeLessThan(30_000);
});

it('law 7: what a build writes into the working tree is told; what it writes beside its stage is gone', async () => {
  const told: Problem[] = [];
  const tree = guest('tuba', 'with open(os.path.join("..", "..", "beside.txt"), "w") as file:\n    file.write("psst")');
  const hall = await hallWith(tree, { onNotice: (problem) => told.push(problem) });
  const { root } = hall.repository;
  artifactsOf(await hall.play(await hall.packageAt('tuba'), '1.0.0'));
  expect(told).toEqual([]);
  expect(await hall.repository.git('status', '--porcelain', '--ignored')).toBe('');
  await hall.repository.commit('Trick', {
    'tuba/tricks.txt': `import os\n\nfor path in ("tuba/left.py", "mute.py"):\n    with open(os.path.join(${JSON.stringify(root)}, path), "w") as file:\n        file.write("")\n`,
  });
  artifactsOf(await hall.play(await hall.packageAt('tuba'), '1.0.0'));
  expect(told.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'NXPYPI_BUILD_WROTE_TREE: while packages were built, mute.py, tuba/left.py changed in the working tree',
  ]);
});

it('H2: a build sees no token, no index setting, no CI variable, and an empty home', async () => {
  const hall = await hallWith(
    guest('tuba', 'print(sorted(os.environ), os.listdir(os.environ["HOME"]))\nraise RuntimeError("seen")'),
    {
      env: {
        ...process.env,
        CI_JOB_TOKEN: 'glcbt-secret',
        GITLAB_CI: 'true',
        TWINE_PASSWORD: 'secret',
        UV_PUBLISH_TOKEN: 'secret',
        AWS_SECRET_ACCESS_KEY: 'secret',
        HTTPS_PROXY: process.env['HTTPS_PROXY'],
      },
    },
  );
  const outcome = await hall.play(await hall.packageAt('tuba'), '1.0.0');
  const log = outcome.kind === 'failed' ? outcome.log : '';
  const names = /\[(?<names>'.*)\] (?<home>\[.*?\])/.exec(log)?.groups;
  expect(names?.['home']).toBe('[]');
  expect(names?.['names']).toContain('SOURCE_DATE_EPOCH');
  expect(names?.['names']).not.toMatch(/TOKEN|SECRET|PASSWORD|PIP_|UV_|PROXY|CI_|GITLAB|CERT/);
});

it('H3: control characters of a build reach neither problem nor log', async () => {
  const code =
    'print("\\x1b[31mred\\x1b[0m \\x1b]8;;http://x\\x07link\\rsection_start:1:x\\x00")\nraise RuntimeError("\\x1b[2Jgone")';
  const { outcome } = await playBeside(code);
  expect(JSON.stringify(outcome)).not.toMatch(/\\u00(?:0[0-8b-f]|1[0-9a-f])/);
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('RuntimeError: gone');
});

it('a version that the build computes otherwise is refused', async () => {
  const hall = await hallWith({
    'tuba/setup.py':
      'import os\nfrom setuptools import setup\n\nsetup(name="tuba", version=".".join(["9", "9"]), py_modules=["tuba"])\n',
    'tuba/tuba.py': '',
  });
  const outcome = await hall.play(await hall.packageAt('tuba'), '1.0.0');
  expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'NXPYPI_BUILD_WRONG_VERSION' } });
  expect(outcome.kind === 'failed' && outcome.problem.message).toContain('9.9');
});
