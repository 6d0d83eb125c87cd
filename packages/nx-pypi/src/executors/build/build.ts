import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { createBuilder } from '@nx-pypi/builder';
import { discoverPackages } from '@nx-pypi/manifests';
import { buildGraph, type BuildOutcome } from '@nx-pypi/release';
import { cacheFolder, listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { completeWrites } from '../../compose/complete-writes.ts';
import { builderOptions } from '../../compose/builds/builder-options.ts';
import { problemText, runContext } from '../publish/publish-run.ts';
import { localConstraints, manifestVersion } from './build-constraints.ts';

export interface BuildTaskOptions {
  readonly outputPath?: string;
}

/** Builds one package at its manifest's version, through the same builder as a release. Prints what it made, or the problem. */
export default async function build(
  options: BuildTaskOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const root = context.root;
  const folder = context.projectGraph.nodes[context.projectName ?? '']?.data.root ?? '.';
  const outDir = join(root, options.outputPath ?? join(folder, 'dist'));
  const outcome = await buildFolder(root, folder, outDir);
  if (outcome.kind === 'failed') {
    const log = outcome.log === '' ? '' : `\n\nthe build said:\n${outcome.log}`;
    process.stdout.write(`${problemText([outcome.problem])}${log}\n`);
    return { success: false };
  }
  for (const artifact of outcome.artifacts)
    process.stdout.write(`${relative(root, artifact.file)}  ${artifact.size} bytes  sha256 ${artifact.sha256}\n`);
  return { success: true };
}

async function buildFolder(root: string, folder: string, outDir: string): Promise<BuildOutcome> {
  const { plugin } = runContext(root, { env: process.env, tags: new Map(), say: () => {} });
  const halfWritten = await completeWrites(root, (line) => void process.stdout.write(`${line}\n`));
  if (halfWritten !== null) return { kind: 'failed', problem: halfWritten, log: '' };
  const files = (await listWorkspaceFiles(root)).filter((file) => plugin.takes(file));
  const { packages } = discoverPackages(files, readWorkspaceText(root));
  const pkg = packages.find((candidate) => candidate.path === folder);
  if (pkg === undefined) return missing(folder);
  const builder = createBuilder({
    root,
    cacheDir: cacheFolder(root),
    env: process.env,
    packageFolders: packages.map(({ path }) => path),
    ...builderOptions(plugin.options),
  });
  try {
    rmSync(outDir, { recursive: true, force: true });
    mkdirSync(outDir, { recursive: true });
    // What was built is not source: an unignored dist/ would be staged and make the package look changed.
    writeFileSync(join(outDir, '.gitignore'), '*\n');
    return await builder.build({
      package: pkg,
      version: manifestVersion(pkg) ?? plugin.options.initialVersion ?? '0.1.0',
      constraints: localConstraints(pkg, buildGraph(packages)),
      provenance: null,
      artifacts: ['sdist', 'wheel'],
      outDir,
    });
  } finally {
    await builder.close();
  }
}

function missing(folder: string): BuildOutcome {
  return {
    kind: 'failed',
    log: '',
    problem: {
      code: 'NXPYPI_NO_PACKAGE',
      message: `the folder ${folder} holds no Python package`,
      hint: 'add a [project] table with a name to its pyproject.toml',
      where: folder,
    },
  };
}
