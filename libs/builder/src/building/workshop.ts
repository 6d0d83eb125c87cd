import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import type { Environment } from '@nx-pypi/workspace';
import type { BuildEnvironment } from '../environments/environments.ts';
import { startForkServer, type ForkServer } from '../server/fork-server.ts';
import { buildInFreshProcess } from '../server/fresh-process.ts';
import type { BuildEnd, ServerRequest } from '../server/request.ts';
import { buildEnvironment } from './build-environment.ts';

/** Where packages are built: environments on one side, Python processes on the other. */
export interface Workshop {
  /** Variables of the caller; a build sees a few of them. */
  readonly env: Environment;
  readonly timeoutSeconds: number;
  /** Told what a person should know of a build that went well. */
  readonly notice: (problem: Problem) => void;
  readonly environment: (requires: readonly string[]) => Promise<Found<BuildEnvironment>>;
  /** What `environment` would hand out, made when missing, by a name that changes whenever its content may. */
  readonly identity: (requires: readonly string[]) => Promise<Found<string>>;
  /** `fresh` builds in a process of its own instead of a fork of the environment's server. */
  readonly run: (environment: BuildEnvironment, request: ServerRequest, fresh: boolean) => Promise<BuildEnd>;
}

export interface ServerPool {
  readonly run: Workshop['run'];
  readonly close: () => Promise<void>;
}

/** One fork server per environment, started when it is first needed. `folder` is a neutral place of ours. */
export function serverPool(script: string, folder: string, env: Environment): ServerPool {
  const servers = new Map<string, Promise<ForkServer>>();

  async function start(python: string): Promise<ForkServer> {
    const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
    for (const place of [home, temporary]) await mkdir(place, { recursive: true });
    const places = { bin: dirname(python), home, temporary, ceiling: folder };
    return startForkServer(python, script, { cwd: folder, env: buildEnvironment(env, places) });
  }

  async function forked(python: string, request: ServerRequest): Promise<BuildEnd> {
    const server = servers.get(python) ?? start(python);
    servers.set(python, server);
    const end = await (await server).build(request);
    if (end.kind === 'lost' && servers.get(python) === server) servers.delete(python);
    return end;
  }

  return {
    run: ({ python }, request, fresh) =>
      fresh || request.backendPath.length > 0 || process.platform === 'win32'
        ? buildInFreshProcess(python, script, request)
        : forked(python, request),
    close: async () => {
      const running = await Promise.all(servers.values());
      servers.clear();
      await Promise.all(running.map((server) => server.close()));
    },
  };
}
