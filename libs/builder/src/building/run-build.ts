import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { BuildRequest } from '@nx-pypi/release';
import type { BuildEnvironment } from '../environments/environments.ts';
import type { BuildEnd, ServerRequest } from '../server/request.ts';
import { buildEnvironment } from './build-environment.ts';
import { endProblem, environmentProblem, hookProblem } from './problems.ts';
import type { Workshop } from './workshop.ts';

/** What became of the hooks; `log` is raw. */
export interface Run {
  readonly problem: Problem | null;
  readonly log: string;
  /** True when the build server ended under the build, which may be another build's doing. */
  readonly lost: boolean;
}

/** Where and how one package is built. */
export interface Seat {
  /** The temporary folder of the build. */
  readonly room: string;
  /** A process of its own instead of a fork. */
  readonly fresh: boolean;
}

interface ServerResult {
  readonly needs?: readonly string[];
  readonly failed?: string;
}

/** Calls the hooks of one staged package, in a second environment where the backend asks for more requirements. */
export async function runBuild(workshop: Workshop, request: BuildRequest, seat: Seat): Promise<Run> {
  const pkg = request.package;
  const base = await workshop.environment(pkg.buildRequires);
  if (base.kind === 'problem') return { problem: environmentProblem(pkg, base.problem), log: '', lost: false };
  const first = await runHooks(workshop, request, { ...seat, environment: base.value, askRequires: true });
  const needs = first.result?.needs;
  if (needs === undefined) return judged(workshop, request, first);
  const extended = await workshop.environment([...pkg.buildRequires, ...needs]);
  if (extended.kind === 'problem')
    return { problem: environmentProblem(pkg, extended.problem), log: first.end.log, lost: false };
  const second = await runHooks(workshop, request, { ...seat, environment: extended.value, askRequires: false });
  return judged(workshop, request, second);
}

interface Attempt extends Seat {
  readonly environment: BuildEnvironment;
  readonly askRequires: boolean;
}

interface Ended {
  readonly end: BuildEnd;
  readonly result: ServerResult | null;
}

function judged(workshop: Workshop, request: BuildRequest, ended: Ended): Run {
  const { end, result } = ended;
  const pkg = request.package;
  if (result?.failed !== undefined) return { problem: hookProblem(pkg, result.failed), log: end.log, lost: false };
  const done = end.kind === 'exited' && end.code === 0 && result !== null;
  const problem = done ? null : endProblem(pkg, end, workshop.timeoutSeconds);
  return { problem, log: end.log, lost: end.kind === 'lost' };
}

async function runHooks(workshop: Workshop, request: BuildRequest, attempt: Attempt): Promise<Ended> {
  const message = await serverRequest(workshop, request, attempt);
  const end = await workshop.run(attempt.environment, message, attempt.fresh);
  return { end, result: await readResult(message.result) };
}

async function serverRequest(workshop: Workshop, request: BuildRequest, attempt: Attempt): Promise<ServerRequest> {
  const { room, environment } = attempt;
  const pkg = request.package;
  const places = {
    bin: dirname(environment.python),
    home: join(room, 'home'),
    temporary: join(room, 'tmp'),
    ceiling: room,
  };
  const out = join(room, 'out');
  await rm(out, { recursive: true, force: true });
  for (const folder of [places.home, places.temporary, out]) await mkdir(folder, { recursive: true });
  return {
    project: join(room, 'stage', ...pkg.path.split(posix.sep)),
    out,
    result: join(room, attempt.askRequires ? 'result.json' : 'second-result.json'),
    backend: pkg.backend,
    backendPath: pkg.backendPath,
    kinds: [...new Set(request.artifacts)].sort(),
    env: { ...buildEnvironment(workshop.env, places), ...versionVariable(request) },
    seconds: workshop.timeoutSeconds,
    askRequires: attempt.askRequires,
    installed: environment.requires,
  };
}

function versionVariable(request: BuildRequest): Readonly<Record<string, string>> {
  const declared = request.package.version;
  return declared.kind === 'scm' && declared.override !== null ? { [declared.override]: request.version } : {};
}

/** The file is written by a process that ran strangers' code. */
async function readResult(file: string): Promise<ServerResult | null> {
  try {
    const value = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const { needs, failed } = value;
    if (typeof failed === 'string') return { failed };
    return Array.isArray(needs) ? { needs: needs.map(String) } : {};
  } catch {
    return null;
  }
}
