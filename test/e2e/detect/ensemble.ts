import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  describeReason,
  planRun,
  release,
  type Change,
  type Planned,
  type ReleasePorts,
  type ReleaseRequest,
} from '@nx-pypi/release';
import { gitRepository, temporaryFolder, writeTree, type Repository, type TestEnd, type Tree } from '@nx-pypi/testkit';
import { localRealm, startRegistry, type RunningRegistry } from 'nx-pypi-registry';
import { onTestFinished } from 'vitest';
import { openRun } from 'nx-pypi/internal';
import { PLAIN_RUN, type RunOptions } from 'nx-pypi/internal';
import type { NxPypiOptions } from 'nx-pypi/internal';
import { credentialOf, registryOptions, shareEnvironments, TOKEN } from '../publish/theatre.ts';

/** What detection and plan say of one package, as people would read it. */
export interface Finding {
  readonly verdict: Change['kind'];
  /** How an unchanged package was found to be so. */
  readonly by?: 'digest' | 'comparison';
  /** Why detection calls it changed. */
  readonly reasons?: readonly string[];
  /** What differs and does not count. */
  readonly notes?: readonly string[];
  readonly problem?: string;
  /** Why the plan releases it, or why it keeps or stops it. */
  readonly plan: string;
}

/** A committed workspace with a registry of its own. Build environments are shared between tests. */
export interface Ensemble extends Repository {
  readonly registry: RunningRegistry;
  /** Releases what is to be released, as CI would; throws when anything fails. */
  readonly publish: (look?: Look) => Promise<void>;
  readonly detect: (look?: Look) => Promise<Readonly<Record<string, Finding>>>;
  readonly plan: (look?: Look) => Promise<Planned>;
}

export interface Look {
  readonly run?: Partial<RunOptions>;
  readonly options?: NxPypiOptions;
  readonly ports?: (real: Pick<ReleasePorts, 'builder' | 'registry' | 'uploader'>) => Partial<ReleasePorts>;
}

export async function openEnsemble(tree: Tree, prepare?: (root: string) => void, test?: TestEnd): Promise<Ensemble> {
  const root = await temporaryFolder(test);
  await writeTree(root, { '.gitignore': '.nx/\n__pycache__/\n', ...tree });
  prepare?.(root);
  const repository = await gitRepository(root);
  const registry = await startRegistry({ storage: await temporaryFolder(test), realm: localRealm(TOKEN) });
  (test?.onTestFinished ?? onTestFinished)(() => registry.close());
  shareEnvironments(root);
  const plan = (look: Look = {}): Promise<Planned> =>
    inRun(root, registry, look, (request, ports) => planRun(request, ports));
  return {
    ...repository,
    registry,
    plan,
    publish: async (look = {}) => {
      const { results, problems } = await inRun(root, registry, look, (request, ports) => release(request, ports));
      const failed = results.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'skipped');
      if (failed.length + problems.length > 0) throw new Error(JSON.stringify([failed, problems], null, 2));
    },
    detect: async (look) => findingsOf(await plan(look)),
  };
}

async function inRun<T>(
  root: string,
  registry: RunningRegistry,
  look: Look,
  act: (request: ReleaseRequest, ports: ReleasePorts) => Promise<T>,
): Promise<T> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...indexSettings(), ...credentialOf(registry) };
  const options = { ...registryOptions(registry), ...look.options };
  const opened = await openRun(
    { root, env, plugin: { options, takes: () => true }, defaultBranch: 'main', tags: new Map(), say: () => {} },
    { ...PLAIN_RUN, ...look.run },
  );
  if (opened.kind === 'problem') throw new Error(`${opened.problem.code}: ${opened.problem.message}`);
  const { request, ports, close } = opened.value;
  try {
    return await act(request, {
      ...ports,
      progress: () => {},
      stop: { asked: () => false, request: new Promise(() => {}) },
      ...look.ports?.(ports),
    });
  } finally {
    await close();
  }
}

/** How this machine reaches the package index. */
function indexSettings(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(?:PIP_|UV_|HTTPS?_PROXY|NO_PROXY|SSL_CERT|REQUESTS_CA)/i.test(name),
    ),
  );
}

export function findingsOf({ detections, plan }: Planned): Readonly<Record<string, Finding>> {
  return Object.fromEntries(
    [...detections].map(([name, { change }]) => [name, { ...findingOf(change), plan: planned(plan, name) }]),
  );
}

function findingOf(change: Change): Omit<Finding, 'plan'> {
  const notes = 'notes' in change && change.notes !== undefined ? { notes: change.notes.map(describeReason) } : {};
  switch (change.kind) {
    case 'unchanged':
      return { verdict: 'unchanged', by: change.by, ...notes };
    case 'changed':
      return { verdict: 'changed', reasons: change.reasons.map(describeReason), ...notes };
    case 'unknown':
      return { verdict: 'unknown', problem: `${change.problem.code}: ${change.problem.message}` };
    default:
      return { verdict: change.kind };
  }
}

function planned(plan: Planned['plan'], name: string): string {
  const own = plan.releases.find((one) => one.name === name);
  if (own !== undefined) return `${own.version}: ${own.reasons.map(describeReason).join('; ')}`;
  const kept = plan.kept.find((one) => one.name === name);
  return kept === undefined ? 'stopped' : `kept ${kept.version}`;
}

/** What a person does to a package between two runs; paths are relative to the workspace. */
export interface Desk {
  readonly write: (path: string, text: string) => void;
  readonly edit: (path: string, from: string, to: string) => void;
  readonly append: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  readonly rename: (from: string, to: string) => void;
  readonly chmod: (path: string, mode: number) => void;
  /** `target` is relative to the link's folder. */
  readonly link: (path: string, target: string) => void;
}

export function deskAt(root: string): Desk {
  const at = (path: string): string => {
    const absolute = join(root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    return absolute;
  };
  return {
    write: (path, text) => writeFileSync(at(path), text),
    edit: (path, from, to) => {
      const before = readFileSync(at(path), 'utf8');
      if (!before.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
      writeFileSync(at(path), before.replace(from, to));
    },
    append: (path, text) => appendFileSync(at(path), text),
    remove: (path) => rmSync(at(path)),
    rename: (from, to) => renameSync(at(from), at(to)),
    chmod: (path, mode) => chmodSync(at(path), mode),
    link: (path, target) => symlinkSync(target, at(path)),
  };
}
