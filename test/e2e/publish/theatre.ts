import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { release, type PackageResult, type ReleasePorts, type ReleaseReport } from '@nx-pypi/release';
import {
  gitRepository,
  pythonWorkspace,
  temporaryFolder,
  writeTree,
  type PackageSpec,
  type Repository,
} from '@nx-pypi/testkit';
import { cacheFolder } from '@nx-pypi/workspace';
import { localRealm, startRegistry, type RegistryOptions, type RunningRegistry } from 'nx-pypi-registry';
import { onTestFinished } from 'vitest';
import { openRun, runCli } from 'nx-pypi/internal';
import { PLAIN_RUN, type RunOptions } from 'nx-pypi/internal';
import type { NxPypiOptions } from 'nx-pypi/internal';
import { run, type Ended } from '../nx-workspace.ts';

const repository = join(import.meta.dirname, '../../..');
export const cliFile: string = join(repository, 'packages/nx-pypi/bundle/cli.js');
export const TOKEN = 'token-of-the-conductor';

/** A registry with one project, as GitLab would have it, for one test. */
export async function openHouse(options: Partial<RegistryOptions> = {}): Promise<RunningRegistry> {
  const registry = await startRegistry({ storage: await temporaryFolder(), realm: localRealm(TOKEN), ...options });
  onTestFinished(() => registry.close());
  return registry;
}

export function registryOptions(registry: RunningRegistry): NxPypiOptions {
  return { registry: { url: registry.url, project: 'local/packages', group: 'local' } };
}

/** Where the credential belongs to, and whose it is (rule H1). */
export function credentialOf(registry: RunningRegistry, token: string = TOKEN): Readonly<Record<string, string>> {
  return { NX_PYPI_URL: registry.url, NX_PYPI_TOKEN: token };
}

export interface Stage extends Repository {
  /** `nx-pypi …` in a process of its own. */
  readonly cli: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** `through`: words of a program that runs the command. */
  readonly start: (args: readonly string[], through?: readonly string[]) => ChildProcess;
}

/** A committed workspace without Nx whose nx.json names the registry. Build environments are shared with other tests. */
export async function openStage(packages: readonly PackageSpec[], registry: RunningRegistry): Promise<Stage> {
  const root = await temporaryFolder();
  await writeTree(root, {
    ...pythonWorkspace(packages),
    'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-pypi', options: registryOptions(registry) }] }),
    '.gitignore': '.nx/\n__pycache__/\n',
  });
  return stageOf(await gitRepository(root), registry);
}

export function stageOf(repo: Repository, registry: RunningRegistry): Stage {
  const { root } = repo;
  shareEnvironments(root);
  const env = credentialOf(registry);
  return {
    ...repo,
    cli: (args, more) => run(process.execPath, [cliFile, ...args], { root, env: { ...env, ...more } }),
    start: (args, through = []) => {
      const [program = '', ...words] = [...through, process.execPath, cliFile, ...args];
      return spawn(program, words, { cwd: root, env: { ...withoutCi(), ...env }, stdio: 'pipe' });
    },
  };
}

/** Making a build environment takes seconds; one of the same requirements is the same for all. */
export function shareEnvironments(root: string): void {
  const shared = join(repository, '.python/build-cache/envs');
  mkdirSync(shared, { recursive: true });
  symlinkSync(shared, join(cacheFolder(root), 'envs'));
}

/** `nx-pypi …` in this process, which costs no start; it sees of the environment what is given, `PATH` and `HOME`. */
export async function runHere(
  root: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const { PATH, HOME } = process.env;
  const code = await runCli(words, { cwd: root, env: { PATH, HOME, ...env }, out: say, error: say });
  return { code, text: lines.join('\n') };
}

function withoutCi(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CI$|CI_|GITLAB_|NX_|VITEST)/.test(name)),
  );
}

export interface Performance {
  readonly root: string;
  readonly registry: RunningRegistry;
  readonly options?: NxPypiOptions;
  readonly run?: Partial<RunOptions>;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes the place of ports, such as a builder that remembers. */
  readonly ports?: Partial<ReleasePorts>;
}

/** One release in this process, through the ports that the product uses. */
export async function perform(performance: Performance): Promise<ReleaseReport> {
  const { root, registry } = performance;
  const env = { ...withoutCi(), ...credentialOf(registry), ...performance.env };
  const options = { ...registryOptions(registry), ...performance.options };
  const opened = await openRun(
    { root, env, plugin: { options, takes: () => true }, defaultBranch: 'main', tags: new Map(), say: () => {} },
    { ...PLAIN_RUN, ...performance.run },
  );
  if (opened.kind === 'problem') throw new Error(`${opened.problem.code}: ${opened.problem.message}`);
  const { request, ports, close } = opened.value;
  try {
    return await release(request, {
      ...ports,
      progress: () => {},
      stop: { asked: () => false, request: new Promise(() => {}) },
      ...performance.ports,
    });
  } finally {
    await close();
  }
}

/** Outcomes by package: `published 1.0.0`, `unchanged 1.0.0`, `superseded 1.0.0`, `failed CODE`, `skipped`. */
export function outcomesOf(report: Pick<ReleaseReport, 'results'>): Readonly<Record<string, string>> {
  return Object.fromEntries(report.results.map((result) => [result.name, outcomeOf(result)]));
}

function outcomeOf({ outcome }: PackageResult): string {
  switch (outcome.kind) {
    case 'published':
    case 'planned':
      return `${outcome.kind} ${outcome.release.version}`;
    case 'unchanged':
      return `${outcome.why === 'superseded' ? 'superseded' : 'unchanged'} ${outcome.version}`;
    case 'failed':
      return `failed ${outcome.problems.map(({ code }) => code).join(' ')}`;
    case 'skipped':
      return 'skipped';
  }
}

/** The files that the registry shows, by package: names, in the order of the index. */
export async function shownFiles(registry: RunningRegistry, name: string): Promise<readonly string[]> {
  const response = await fetch(`${registry.url}/api/v4/groups/local/-/packages/pypi/simple/${name}`);
  const page = await response.text();
  return response.status === 200
    ? [...page.matchAll(/>([^<>]+\.(?:whl|tar\.gz))</g)].map((match) => match[1] ?? '')
    : [];
}

/** A file of the registry, as its index offers it. */
export async function shownFile(registry: RunningRegistry, name: string, filename: string): Promise<Buffer> {
  const page = await (await fetch(`${registry.url}/api/v4/groups/local/-/packages/pypi/simple/${name}`)).text();
  const link = [...page.matchAll(/href="([^"#]+)#[^"]*"[^>]*>([^<]+)</g)].find((match) => match[2] === filename);
  if (link?.[1] === undefined) throw new Error(`${name} shows no ${filename}`);
  return Buffer.from(await (await fetch(new URL(link[1], registry.url))).arrayBuffer());
}

export function writeModule(root: string, name: string, text: string): void {
  writeFileSync(join(root, `packages/${name}/src/${name.replaceAll('-', '_')}/__init__.py`), text);
}
