import { join } from 'node:path';
import { createBuilder, inspectArtifact } from '@nx-pypi/builder';
import type { Discovery } from '@nx-pypi/manifests';
import { describeProblem, type Builder, type RegistryReader } from '@nx-pypi/release';
import type { NxPypiOptions } from '../../options.ts';
import { builderOptions } from './builder-options.ts';
import { internalRequirements } from './internal-requirements.ts';

export interface OpenBuilderOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute path of the folder for caches. */
  readonly cacheDir: string;
  /** Names this build of the product. */
  readonly product: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly options: NxPypiOptions;
  readonly discovery: Discovery;
  readonly registry: RegistryReader;
  /** Told what builds do that a person should know. */
  readonly say: (line: string) => void;
}

/** A builder of one workspace that takes internal build requirements from this run or the registry (rule F4). */
export function openBuilder(context: OpenBuilderOptions): Builder & { close(): Promise<void> } {
  const { root, cacheDir, product, env, options, discovery, registry, say } = context;
  const tools = internalRequirements({
    names: new Set(discovery.packages.map((pkg) => pkg.normalizedName)),
    registry,
    inspect: inspectArtifact,
    folder: join(cacheDir, 'build-requirements'),
  });
  return createBuilder({
    root,
    cacheDir,
    product,
    env,
    packageFolders: discovery.packages.map((pkg) => pkg.path),
    ...builderOptions(options),
    replaceRequirement: tools.replace,
    onRelease: tools.built,
    onNotice: (problem) => describeProblem(problem).forEach(say),
  });
}
