import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Found } from '@nx-pypi/release';
import { writeFileAtomic } from '@nx-pypi/workspace';
import type { BuilderOptions } from '../builder-options.ts';
import type { EnvironmentWish } from '../environments/environment-key.ts';
import { normalizedRequires } from '../environments/environment-key.ts';
import { provideEnvironment, type BuildEnvironment, type EnvironmentShop } from '../environments/environments.ts';
import { indexSettings, installerEnvironment } from '../environments/installer-environment.ts';
import { chooseInstaller } from '../environments/installer.ts';
import { readInterpreter } from '../environments/interpreter.ts';
import { writeScript } from '../server/script.ts';
import { serverPool, type ServerPool, type Workshop } from './workshop.ts';

const BUILD_SECONDS = 600;
const INSTALL_SECONDS = 1800;

interface Shop {
  readonly shop: EnvironmentShop;
  readonly constraints: string;
}

/** A workshop that asks for Python, makes environments and starts servers when a build first needs them, each once. */
export function openWorkshop(options: BuilderOptions): Workshop & { readonly close: () => Promise<void> } {
  const environments = new Map<string, Promise<Found<BuildEnvironment>>>();
  let shop: Promise<Found<Shop>> | null = null;
  let pool: Promise<ServerPool> | null = null;

  async function provide(requires: readonly string[]): Promise<Found<BuildEnvironment>> {
    shop ??= openShop(options);
    const open = await shop;
    if (open.kind === 'problem') return open;
    const { constraints } = open.value;
    const wish: EnvironmentWish = { requires, constraints, indexSettings: indexSettings(options.env) };
    return provideEnvironment(open.value.shop, wish);
  }

  async function environment(written: readonly string[]): Promise<Found<BuildEnvironment>> {
    const requires = await replaced(written, options.replaceRequirement);
    if (requires.kind === 'problem') return requires;
    const key = JSON.stringify(normalizedRequires(requires.value));
    const provided = environments.get(key) ?? provide(requires.value);
    environments.set(key, provided);
    return provided;
  }

  return {
    env: options.env,
    timeoutSeconds: options.timeoutSeconds ?? BUILD_SECONDS,
    notice: options.onNotice ?? (() => undefined),
    environment,
    identity: async (requires) => {
      const provided = await environment(requires);
      return provided.kind === 'found' ? { kind: 'found', value: provided.value.identity } : provided;
    },
    run: async (place, request, fresh) => {
      pool ??= openPool(options);
      return (await pool).run(place, request, fresh);
    },
    close: async () => {
      const open = await pool;
      pool = null;
      await open?.close();
    },
  };
}

async function openShop(options: BuilderOptions): Promise<Found<Shop>> {
  const folder = join(options.cacheDir, 'envs');
  await mkdir(folder, { recursive: true });
  const env = installerEnvironment(options.env);
  const interpreter = await readInterpreter(options.python, folder, env);
  if (interpreter.kind === 'problem') return interpreter;
  const constraints = (options.buildConstraints ?? []).map((line) => `${line}\n`).join('');
  const constraintsFile = constraints === '' ? null : join(folder, `constraints-${shortHash(constraints)}.txt`);
  if (constraintsFile !== null) await writeFileAtomic(constraintsFile, constraints);
  const installer = await chooseInstaller(options.uv ?? 'auto', interpreter.value, folder, env);
  const shop = {
    interpreter: interpreter.value,
    installer,
    folder,
    env,
    constraintsFile,
    logs: { folder: join(options.cacheDir, 'logs'), root: options.root },
    timeoutSeconds: INSTALL_SECONDS,
    log: options.log ?? (() => undefined),
  };
  return { kind: 'found', value: { shop, constraints } };
}

async function openPool(options: BuilderOptions): Promise<ServerPool> {
  const folder = join(options.cacheDir, 'server');
  await mkdir(folder, { recursive: true });
  return serverPool(await writeScript(folder), folder, options.env);
}

/** Requirements of this monorepo come from elsewhere than the index (rule F4). */
async function replaced(
  requires: readonly string[],
  replace: BuilderOptions['replaceRequirement'],
): Promise<Found<readonly string[]>> {
  const all: string[] = [];
  for (const requirement of requires) {
    const other = (await replace?.(requirement)) ?? { kind: 'found' as const, value: [requirement] };
    if (other.kind === 'problem') return other;
    all.push(...other.value);
  }
  return { kind: 'found', value: all };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
