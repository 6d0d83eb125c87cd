import { runCommand } from '@nx-pypi/workspace';
import { finding, type Finding } from './finding.ts';

const topic = 'tools';
const timeoutSeconds = 30;

/** Asks Python for its version and for what makes build environments. */
const pythonQuestion = 'import sys, venv, ensurepip; print("%d.%d.%d" % sys.version_info[:3]); print(sys.executable)';

type Environment = Readonly<Record<string, string | undefined>>;

/** Python, which builds; uv, which makes build environments faster; git, which tells what changed. */
export async function examineTools(root: string, env: Environment, python: string): Promise<readonly Finding[]> {
  return Promise.all([examinePython(root, env, python), examineUv(root, env), examineGit(root, env)]);
}

async function examinePython(root: string, env: Environment, python: string): Promise<Finding> {
  const asked = await ask(python, ['-c', pythonQuestion], root, env);
  if (asked === null) {
    const hint =
      'install Python 3.9 or newer with venv (Debian: python3-venv), or name another interpreter in the option python';
    return finding(topic, 'wrong', `'${python}' is no Python that can make virtual environments`, hint);
  }
  const [version = '', path = ''] = asked.split('\n');
  if (Number(version.split('.')[1]) < 9 && version.startsWith('3.')) {
    return finding(topic, 'wrong', `Python ${version} is too old`, 'use 3.9 or newer: name it in the option python');
  }
  return finding(topic, 'ok', `Python ${version} (${path.trim()})`);
}

async function examineUv(root: string, env: Environment): Promise<Finding> {
  const version = await ask('uv', ['--version'], root, env);
  return version === null
    ? finding(topic, 'note', 'uv was not found: pip makes the build environments, which takes longer')
    : finding(topic, 'ok', version);
}

async function examineGit(root: string, env: Environment): Promise<Finding> {
  const version = await ask('git', ['--version'], root, env);
  return version === null
    ? finding(topic, 'wrong', 'git was not found', 'install git: releases come from commits')
    : finding(topic, 'ok', version);
}

/** Trimmed output; null where the command is missing or fails. It gets no variable that could be a secret. */
async function ask(file: string, args: readonly string[], cwd: string, env: Environment): Promise<string | null> {
  const bare = { PATH: env['PATH'], HOME: env['HOME'], SystemRoot: env['SystemRoot'], PATHEXT: env['PATHEXT'] };
  const result = await runCommand(file, args, { cwd, env: bare, timeoutSeconds });
  return result.ok ? result.stdout.trim() : null;
}
