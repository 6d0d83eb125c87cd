import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Found } from '@nx-pypi/release';
import type { BuilderOptions } from '../builder-options.ts';
import type { EnvironmentWish } from '../environments/environment-key.ts';
import { normalizedRequires } from '../environments/environment-key.ts';
import { provideEnvironment, type BuildEnvironment, type EnvironmentShop } from '../environments/environments.ts';
import { indexSettings, installerEnvironment } from '../environments/installer-environment.ts';
import { chooseInstaller } from '../environments/installer.ts';
import { readInterpreter } from '../environments/interpreter.ts';
import { writeScript } from '../server/script.ts';
import { serverPool, type ServerPool, type Workshop } from './workshop.ts';

const BUILD_SECONDS = 1800;
const INSTALL_SECONDS = 1800;

interface Shop {
  readonly shop: EnvironmentShop;
  readonly constraints: string;
}

/** A workshop that asks for Python, makes environments and starts servers when a build first needs them, each once. */
export function openWorkshop(
  options: BuilderOptions,
  root: string,
): Workshop & { readonly close: () => Promise<void> } {
  const environments = new Map<string, Promise<Found<BuildEnvironment>>>();
  let shop: Promise<Found<Shop>> | null = null;
  let pool: Promise<ServerPool> | null = null;

  async function provide(written: readonly string[]): Promise<Found<BuildEnvironment>> {
    shop ??= openShop(options, root);
    const open = await shop;
    if (open.kind === 'problem') return open;
    const requires = await replaced(written, options.replaceRequirement);
    if (requires.kind === 'problem') return requires;
    const { constraints } = open.value;
    const wish: EnvironmentWish = { requires: requires.value, constraints, indexSettings: indexSettings(options.env) };
    return provideEnvironment(open.value.shop, wish);
  }

  return {
    env: options.env,
    timeoutSeconds: options.timeoutSeconds ?? BUILD_SECONDS,
    environment: (requires) => {
      const key = JSON.stringify(normalizedRequires(requires));
      const provided = environments.get(key) ?? provide(requires);
      environments.set(key, provided);
      return provided;
    },
    run: async (environment, request, fresh) => {
      pool ??= openPool(options);
      return (await pool).run(environment, request, fresh);
    },
    close: async () => {
      const open = await pool;
      pool = null;
      await open?.close();
    },
  };
}

async function openShop(options: BuilderOptions, root: string): Promise<Found<Shop>> {
  const folder = join(options.cacheDir, 'envs');
  await mkdir(folder, { recursive: true });
  const env = installerEnvironment(options.env);
  const interpreter = await readInterpreter(options.python, folder, env);
  if (interpreter.kind === 'problem') return interpreter;
  const constraintsFile = options.buildConstraints === undefined ? null : resolve(root, options.buildConstraints);
  const constraints = constraintsFile === null ? '' : await readFile(constraintsFile, 'utf8').catch(() => null);
  if (constraints === null) return { kind: 'problem', problem: noConstraints(options.buildConstraints ?? '') };
  const installer = await chooseInstaller(options.uv ?? 'auto', interpreter.value, folder, env);
  const shop = {
    interpreter: interpreter.value,
    installer,
    folder,
    env,
    constraintsFile,
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
    const other = (await replace?.(requirement)) ?? { kind: 'found' as const, value: requirement };
    if (other.kind === 'problem') return other;
    all.push(other.value);
  }
  return { kind: 'found', value: all };
}

function noConstraints(path: string): { code: string; message: string; hint: string; where: string } {
  return {
    code: 'NXPYPI_BUILD_CONSTRAINTS',
    message: `The constraints file for build requirements, ${path}, cannot be read.`,
    hint: 'Correct the option `buildConstraints`: a path relative to the workspace.',
    where: path,
  };
}
