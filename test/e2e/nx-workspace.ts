import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  gitRepository,
  pythonWorkspace,
  temporaryFolder,
  writeTree,
  type PackageSpec,
  type Repository,
} from '@nx-pypi/testkit';
import { acquireLock } from '@nx-pypi/workspace';

const repository = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number;
  /** stdout and stderr as they came. */
  readonly text: string;
}

export interface NxWorkspace extends Repository {
  /** `nx …` in the workspace. */
  readonly nx: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** `nx-pypi …` in the workspace. */
  readonly cli: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
}

export interface WorkspaceSpec {
  /** A folder of test/workspaces, or packages to generate. */
  readonly packages: string | readonly PackageSpec[];
  /** Files beside the packages. */
  readonly files?: Readonly<Record<string, string>>;
  /** Options of the plugin's entry in nx.json. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly nxJson?: Readonly<Record<string, unknown>>;
  /** Default: the version that this repository develops on. */
  readonly nxVersion?: string;
}

/** A fresh git repository with Nx and the packed plugin installed, everything committed on main. */
export async function nxWorkspace(spec: WorkspaceSpec): Promise<NxWorkspace> {
  const modules = await installedModules(spec.nxVersion ?? ownVersion('nx'));
  const root = await temporaryFolder();
  if (typeof spec.packages === 'string')
    cpSync(join(repository, 'test/workspaces', spec.packages), root, { recursive: true });
  else await writeTree(root, pythonWorkspace(spec.packages));
  await writeTree(root, {
    'package.json': JSON.stringify({ name: 'workspace', private: true }),
    'nx.json': JSON.stringify({
      plugins: [{ plugin: 'nx-pypi', options: spec.options ?? {} }],
      neverConnectToCloud: true,
      analytics: false,
      ...spec.nxJson,
    }),
    '.gitignore': 'node_modules\n.nx/\n__pycache__/\ndist/\n',
    ...spec.files,
  });
  symlinkSync(modules, join(root, 'node_modules'));
  const git = await gitRepository(root);
  // Commands that commit ask git who they are; a machine of CI has no answer of its own.
  await git.git('config', 'user.name', 'Clara');
  await git.git('config', 'user.email', 'clara@orchestra.example');
  return {
    ...git,
    nx: (args, env) => run(join(root, 'node_modules/.bin/nx'), args, { root, env }),
    cli: (args, env) => run(join(root, 'node_modules/.bin/nx-pypi'), args, { root, env }),
  };
}

/** Ends with the exit code; never rejects for a failing command. */
export async function run(
  file: string,
  args: readonly string[],
  where: { readonly root: string; readonly env?: Readonly<Record<string, string>> | undefined },
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => name !== 'CI' && !/^(npm|nx|vitest)_/i.test(name) && !/^(CI|GITLAB)_/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NO_COLOR: '1',
    ...where.env,
  };
  const child = spawn(file, args, { cwd: where.root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  return { code, text };
}

/** node_modules with Nx of that version and the plugin from its tarball; made once per version and build, for all tests. */
async function installedModules(nxVersion: string): Promise<string> {
  const home = join(repository, '.e2e');
  const folder = join(home, `nx-${nxVersion}-${bundleDigest()}`);
  const done = join(folder, 'done');
  if (existsSync(done)) return join(folder, 'node_modules');
  const lock = await acquireLock(`${folder}.lock`, { purpose: 'install' }, { wait: 240 });
  if (lock.kind === 'problem') throw new Error(lock.problem.message);
  try {
    if (existsSync(done)) return join(folder, 'node_modules');
    mkdirSync(folder, { recursive: true });
    await mustRun('npm', ['pack', '--pack-destination', folder], join(repository, 'packages/nx-pypi'));
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    const devkit = nxVersion === ownVersion('nx') ? ownVersion('@nx/devkit') : nxVersion;
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({
        private: true,
        dependencies: { nx: nxVersion, '@nx/devkit': devkit, 'nx-pypi': `file:./${tarball ?? ''}` },
      }),
    );
    await mustRun('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
    writeFileSync(done, '');
    return join(folder, 'node_modules');
  } finally {
    await lock.value.release();
  }
}

async function mustRun(file: string, args: readonly string[], root: string): Promise<void> {
  const { code, text } = await run(file, args, { root });
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${text}`);
}

function ownVersion(dependency: string): string {
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const version = manifest.devDependencies[dependency];
  if (version === undefined) throw new Error(`${dependency} is not among the devDependencies`);
  return version;
}

function bundleDigest(): string {
  const folder = join(repository, 'packages/nx-pypi');
  const bundle = join(folder, 'bundle');
  if (!existsSync(bundle)) throw new Error('the plugin is not built: npm run build');
  const files = readdirSync(bundle, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|json)$/.test(name))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(bundle, file)));
  for (const file of ['package.json', 'executors.json']) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}
