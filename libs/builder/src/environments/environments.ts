import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Found } from '@nx-pypi/release';
import { acquireLock, type CommandResult, type Environment } from '@nx-pypi/workspace';
import { cleanLog, lastLines } from '../building/clean-log.ts';
import { keepLog, type LogPlace } from '../building/kept-log.ts';
import { environmentKey, isPinned, type EnvironmentWish } from './environment-key.ts';
import { readRecord, writeRecord, type EnvironmentRecord } from './environment-record.ts';
import { environmentPython, install, type Installer } from './installer.ts';
import type { Interpreter } from './interpreter.ts';

/** A finished build environment. */
export interface BuildEnvironment {
  readonly key: string;
  /** Names what is installed: the key, and which making of it this is. */
  readonly identity: string;
  /** Absolute path of its interpreter. */
  readonly python: string;
  readonly requires: readonly string[];
}

export interface EnvironmentShop {
  readonly interpreter: Interpreter;
  readonly installer: Installer;
  /** Absolute path of the folder of all environments. */
  readonly folder: string;
  readonly env: Environment;
  readonly constraintsFile: string | null;
  /** Where the output of an installer that failed is kept. */
  readonly logs: LogPlace;
  readonly timeoutSeconds: number;
  readonly log: (line: string) => void;
}

/** Unpinned requirements are resolved anew after a day, in milliseconds. */
const FRESH = 24 * 60 * 60 * 1000;
const LOCK_WAIT = 1800;
const ERROR = /^\s*(?:ERROR:|error:|×)\s*/;
const CAUSE = /^\s*(?:cause|Caused by): (?<said>.+)$/;

/**
 * The environment that holds `wish.requires`: one of the cache, or a new one. Processes that want the same one wait for the
 * first. A refresh that fails leaves the old one in use.
 */
export async function provideEnvironment(
  shop: EnvironmentShop,
  wish: EnvironmentWish,
): Promise<Found<BuildEnvironment>> {
  const key = environmentKey(shop.interpreter, wish);
  const place = join(shop.folder, key);
  const ready = await readRecord(place);
  if (ready !== null && isFresh(ready, wish)) return found(key, place, ready, wish);
  await mkdir(place, { recursive: true });
  const lock = await acquireLock(
    join(shop.folder, `${key}.lock`),
    { requires: wish.requires.join(' ') },
    {
      wait: LOCK_WAIT,
      onWait: (holder) => shop.log(`waiting for process ${holder.pid}, which makes the build environment`),
    },
  );
  if (lock.kind === 'problem') return lock;
  try {
    const meanwhile = await readRecord(place);
    if (meanwhile !== null && isFresh(meanwhile, wish)) return found(key, place, meanwhile, wish);
    const made = await makeEnvironment(shop, place, wish);
    if (made.kind === 'found') return found(key, place, made.value, wish);
    if (meanwhile === null) return made;
    shop.log(`the build environment could not be refreshed and is used as it is: ${made.problem.message}`);
    return found(key, place, meanwhile, wish);
  } finally {
    await lock.value.release();
  }
}

function isFresh(record: EnvironmentRecord, wish: EnvironmentWish): boolean {
  return isPinned(wish) || Date.now() - record.made < FRESH;
}

function found(key: string, place: string, record: EnvironmentRecord, wish: EnvironmentWish): Found<BuildEnvironment> {
  const python = environmentPython(join(place, record.folder));
  return { kind: 'found', value: { key, identity: `${key}/${record.folder}`, python, requires: wish.requires } };
}

async function makeEnvironment(
  shop: EnvironmentShop,
  place: string,
  wish: EnvironmentWish,
): Promise<Found<EnvironmentRecord>> {
  await removeOld(place);
  const record: EnvironmentRecord = { folder: `env-${randomBytes(6).toString('hex')}`, made: Date.now() };
  const folder = join(place, record.folder);
  shop.log(`making the build environment for ${wish.requires.join(', ')}`);
  const { interpreter, installer, env, constraintsFile } = shop;
  const job = { interpreter, installer, env, constraintsFile, folder, requires: wish.requires };
  const result = await install(job, shop.timeoutSeconds);
  if (result.ok) {
    await writeRecord(place, record);
    return { kind: 'found', value: record };
  }
  await rm(folder, { recursive: true, force: true });
  const output = cleanLog(result.stdout + result.stderr);
  const log = output.trim() === '' ? null : await keepLog(`requirements-${basename(place)}`, output, shop.logs);
  return { kind: 'problem', problem: requirementsFailed(wish.requires, result, log) };
}

/** All but the one in use: another process may build in it while this one refreshes. */
async function removeOld(place: string): Promise<void> {
  const current = (await readRecord(place))?.folder;
  for (const name of await readdir(place)) {
    if (name.startsWith('env-') && name !== current) await rm(join(place, name), { recursive: true, force: true });
  }
}

function requirementsFailed(requires: readonly string[], result: CommandResult, log: string | null): Problem {
  const said = result.end.kind === 'not-started' ? result.end.reason : errorLine(result.stdout + result.stderr);
  return {
    code: 'NXPYPI_BUILD_REQUIREMENTS',
    message: `the build requirements ${requires.join(', ')} could not be installed: ${said}`,
    hint: `check [build-system] requires, and the index settings of pip or uv in the job (PIP_INDEX_URL, UV_DEFAULT_INDEX, proxy, certificates)${log === null ? '' : `; the installer's whole output is in ${log}`}`,
  };
}

/**
 * What an installer says of its failure, in one line. pip and uv begin the line that names it with `ERROR:`, `error:` or `×`; uv goes on
 * with causes, of which the first says what was asked for and the last what went wrong.
 */
function errorLine(output: string): string {
  const lines = lastLines(output, 40).split('\n');
  const start = lines.findIndex((line) => ERROR.test(line));
  const told = (lines.at(start) ?? '').replace(ERROR, '').trim();
  const causes = lines.slice(start + 1).flatMap((line) => CAUSE.exec(line)?.groups?.['said'] ?? []);
  return [...new Set([told, ...causes.slice(0, 1), ...causes.slice(-1)])].join(': ');
}
