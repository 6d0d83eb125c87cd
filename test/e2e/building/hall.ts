import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { createBuilder, type BuilderOptions } from '@nx-pypi/builder';
import { discoverPackages, type Declaration, type PythonPackage } from '@nx-pypi/manifests';
import type { Artifact, ArtifactKind, BuildOutcome, Builder, Provenance } from '@nx-pypi/release';
import { gitRepository, temporaryFolder, type Repository, type TestEnd, type Tree } from '@nx-pypi/testkit';
import { listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { onTestFinished } from 'vitest';

/** Build environments are kept between runs: making one takes seconds. */
const CACHE = fileURLToPath(new URL('../../../.python/build-cache', import.meta.url));

/** A committed workspace with a builder. */
export interface Hall {
  readonly repository: Repository;
  readonly builder: Builder & { close(): Promise<void> };
  readonly packageAt: (path: string) => Promise<PythonPackage>;
  /** Builds with a provenance; `constraints` by normalised name. */
  readonly play: (pkg: PythonPackage, version: string, options?: Play) => Promise<BuildOutcome>;
}

export interface Play {
  readonly constraints?: Readonly<Record<string, string>>;
  readonly artifacts?: readonly ArtifactKind[];
  readonly provenance?: Provenance | null;
}

export const provenance: Provenance = {
  format: 1,
  repository: 'gitlab.example/orchestra/instruments',
  path: 'violin',
  revision: '0123456789abcdef0123456789abcdef01234567',
  ref: 'main',
  dirty: false,
  pipeline: 'https://gitlab.example/orchestra/instruments/-/pipelines/7',
  tool: 'nx-pypi 1.0.0',
  digest: `1:${'a'.repeat(64)}`,
  declared: { strings: '>=1.2' },
};

export async function hallWith(
  tree: Tree,
  options: Partial<BuilderOptions> | ((root: string) => Partial<BuilderOptions>) = {},
  test?: TestEnd,
): Promise<Hall> {
  const repository = await gitRepository(await temporaryFolder(test));
  await repository.commit('Compose', tree);
  const { root } = repository;
  const builder = createBuilder({
    root,
    cacheDir: CACHE,
    env: process.env,
    ...(typeof options === 'function' ? options(root) : options),
  });
  (test?.onTestFinished ?? onTestFinished)(() => builder.close());
  const outDir = join(await temporaryFolder(test), 'dist');
  return {
    repository,
    builder,
    packageAt: async (path) => {
      const { packages, problems } = discoverPackages(await listWorkspaceFiles(root), readWorkspaceText(root));
      const found = packages.find((pkg) => pkg.path === path);
      if (found === undefined) throw new Error(`no package at ${path}: ${JSON.stringify(problems)}`);
      return found;
    },
    play: (pkg, version, play = {}) =>
      builder.build({
        package: pkg,
        version,
        constraints: constraintsOf(pkg, play.constraints ?? {}),
        provenance: play.provenance === undefined ? provenance : play.provenance,
        artifacts: play.artifacts ?? ['sdist', 'wheel'],
        outDir,
      }),
  };
}

function constraintsOf(
  pkg: PythonPackage,
  wanted: Readonly<Record<string, string>>,
): readonly { readonly declaration: Declaration; readonly specifier: string }[] {
  return pkg.declarations.flatMap((declaration) => {
    const specifier = wanted[declaration.normalizedName];
    return specifier === undefined ? [] : [{ declaration, specifier }];
  });
}

/** The artifacts of a build that must have gone well. */
export function artifactsOf(outcome: BuildOutcome): Readonly<Record<ArtifactKind, Artifact>> {
  if (outcome.kind === 'failed') throw new Error(`${outcome.problem.code}: ${outcome.problem.message}\n${outcome.log}`);
  const one = (kind: ArtifactKind): Artifact => {
    const found = outcome.artifacts.find((artifact) => artifact.kind === kind);
    if (found === undefined) throw new Error(`no ${kind} was built`);
    return found;
  };
  return { sdist: one('sdist'), wheel: one('wheel') };
}
