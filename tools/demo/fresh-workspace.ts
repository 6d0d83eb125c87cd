import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shell } from './shell.ts';

export interface FreshWorkspace {
  /** Absolute path. */
  readonly root: string;
  readonly theme: string;
}

/** Packs the plugin and installs it, as a user would, into a new git repository made from test/workspaces/<theme>. */
export async function freshWorkspace(repository: string, theme: string): Promise<FreshWorkspace> {
  const home = join(repository, '.demo');
  const root = join(home, theme);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const tarball = await packPlugin(repository, home);
  cpSync(join(repository, 'test/workspaces', theme), root, { recursive: true });
  const nx = nxVersion(repository);
  writeJson(join(root, 'package.json'), {
    name: theme,
    private: true,
    devDependencies: { '@nx/devkit': nx.devkit, nx: nx.nx, 'nx-pypi': `file:../${tarball}` },
  });
  writeJson(join(root, 'nx.json'), {
    plugins: [{ plugin: 'nx-pypi', options: {} }],
    defaultBase: 'main',
    neverConnectToCloud: true,
    analytics: false,
  });
  const ignored = ['node_modules/', '.nx/', '__pycache__/'];
  writeFileSync(join(root, '.gitignore'), `${[...existingIgnores(root), ...ignored].join('\n')}\n`);
  await shell('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, quiet: true });
  await initialCommits(root);
  return { root, theme };
}

async function packPlugin(repository: string, home: string): Promise<string> {
  if (!existsSync(join(repository, 'packages/nx-pypi/bundle/index.js')))
    await shell('npm', ['run', 'build'], { cwd: repository, quiet: true });
  for (const old of readdirSync(home).filter((name) => name.endsWith('.tgz'))) rmSync(join(home, old));
  await shell('npm', ['pack', '--pack-destination', home], { cwd: join(repository, 'packages/nx-pypi'), quiet: true });
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return tarball;
}

/** Two commits, so that every `nx affected` has an explicit base: an empty one, and everything. */
async function initialCommits(root: string): Promise<void> {
  const git = (...args: string[]): Promise<string> =>
    shell('git', ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.com', ...args], { cwd: root, quiet: true });
  await git('init', '--quiet', '--initial-branch=main');
  await git('commit', '--quiet', '--allow-empty', '-m', 'Begin');
  await git('add', '--all');
  await git('commit', '--quiet', '-m', 'Add the orchestra');
}

export async function commitAll(root: string, message: string): Promise<void> {
  await shell(
    'git',
    ['-c', 'user.name=Demo', '-c', 'user.email=demo@example.com', 'commit', '--quiet', '--all', '-m', message],
    { cwd: root, shownAs: `git commit --all -m '${message}'` },
  );
}

function nxVersion(repository: string): { readonly nx: string; readonly devkit: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const dependencies = (manifest as { devDependencies: Record<string, string> }).devDependencies;
  return { nx: dependencies['nx'] ?? '24', devkit: dependencies['@nx/devkit'] ?? '24' };
}

function existingIgnores(root: string): readonly string[] {
  const file = join(root, '.gitignore');
  return existsSync(file) ? [readFileSync(file, 'utf8').trimEnd()] : [];
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
