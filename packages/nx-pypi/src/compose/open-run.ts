import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Found, ReleasePorts, ReleaseRequest } from '@nx-pypi/release';
import { cacheFolder, commitLog, jsonCache, keptValues } from '@nx-pypi/workspace';
import type { PluginEntry } from '../options/plugin-entry.ts';
import { codeIdentity } from './code-identity.ts';
import type { Connection } from './registries/connect.ts';
import { connectRun } from './registries/connect-channel.ts';
import { fileTags } from './request/file-tags.ts';
import { gitHistory } from './history.ts';
import { isCi } from './registries/registry-config.ts';
import { openBuilder } from './builds/open-builder.ts';
import { readWorkspace, type Workspace } from './read-workspace.ts';
import { releaseRequest } from './request/release-request.ts';
import type { RunOptions } from './request/run-options.ts';
import { PRODUCT } from './product.ts';

export interface RunContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly plugin: PluginEntry;
  readonly defaultBranch: string;
  /** Nx tags by normalised package name; empty where Nx was not asked, and those of the projects' files count. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly say: (line: string) => void;
  /** Where it was read already. */
  readonly workspace?: Extract<Found<Workspace>, { readonly kind: 'found' }>;
}

export interface OpenRun {
  readonly request: ReleaseRequest;
  readonly ports: Omit<ReleasePorts, 'progress' | 'stop'>;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** Files of releases whose facts are kept: several versions of thousands of packages. */
const MOST_FACTS = 20_000;

/** The only place where the real ports are built: files, git, registry and builder of this machine. */
export async function openRun(context: RunContext, run: RunOptions): Promise<Found<OpenRun>> {
  const { root, env } = context;
  const { options } = context.plugin;
  const workspace = context.workspace ?? (await readWorkspace(context));
  if (workspace.kind === 'problem') return workspace;
  const { checkout, discovery, readText } = workspace.value;
  const tags = context.tags.size > 0 ? context.tags : fileTags(discovery.packages, readText);
  const packages = discovery.packages.map((pkg) => pkg.normalizedName);
  const cacheDir = cacheFolder(root);
  const connected = await connectRun({ ...context, options, packages, tags, cacheDir, userAgent: PRODUCT }, run);
  if (connected.kind === 'problem') return connected;
  const { connection, channel } = connected.value;
  const request = releaseRequest({
    discovery,
    checkout,
    options,
    run,
    loopback: connection.local,
    ci: isCi(env),
    defaultBranch: context.defaultBranch,
    tags,
    channel,
    targetBranch: env['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'],
  });
  if (request.kind === 'problem') {
    await connection.close();
    return request;
  }
  const product = codeIdentity();
  const builder = openBuilder({ ...context, cacheDir, product, options, discovery, registry: connection.registry });
  const facts = keptValues(join(cacheDir, 'facts.json'), product, MOST_FACTS);
  const scratchRoot = join(cacheDir, 'runs', `${Date.now()}-${process.pid}`);
  return {
    kind: 'found',
    value: {
      request: request.value,
      connection,
      ports: {
        registry: connection.registry,
        uploader: connection.registry,
        builder,
        history: gitHistory({ root, env, checkout, adopted: options.adopt ?? [], allowDiverged: run.allowDiverged }),
        commits: commitLog(root, env),
        scratch: scratchFolders(scratchRoot),
        verdicts: jsonCache(join(cacheDir, 'verdicts')),
        facts,
      },
      close: async () => {
        await Promise.all([builder.close(), facts.save()]);
        await connection.close();
        rmSync(scratchRoot, { recursive: true, force: true });
      },
    },
  };
}

/** A new folder at every call. */
function scratchFolders(root: string): (name: string) => Promise<string> {
  let count = 0;
  return (name) => {
    count += 1;
    const folder = join(root, `${name}-${count}`);
    mkdirSync(folder, { recursive: true });
    return Promise.resolve(folder);
  };
}
