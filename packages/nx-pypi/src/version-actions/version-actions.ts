/** What nx.json's `release.version.versionActions` loads: Python packages in `nx release version`, on Nx 22, 23 and 24. */
import { dirname } from 'node:path/posix';
import type { ProjectGraph, Tree } from '@nx/devkit';
import {
  baselineOf,
  describeProblem,
  localVersion,
  rewrittenRanges,
  type DependentsPolicy,
  type RegistryState,
} from '@nx-pypi/release';
import { compareVersions, formatVersion, normalizeName, parseVersion, type Version } from '@nx-pypi/standards';
import { VersionActions, type AfterAllProjectsVersioned } from 'nx/release';
import { completeWrites } from '../compose/complete-writes.ts';
import { dependentsPolicy } from '../compose/request/dependents-policy.ts';
import { isLockFile, staleLocks } from '../bump/lock-files.ts';
import { refreshLocks } from '../bump/refresh-locks.ts';
import type { ManifestChange, PythonPackage } from '@nx-pypi/manifests';
import { problemText, runContext } from '../executors/publish/publish-run.ts';
import { listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { guardTree, treeWritten, unwritableIn } from './guard-tree.ts';
import { nextVersion } from './next-version.ts';
import { packageName, pythonName } from './package-name.ts';
import { registryStates } from './registry-states.ts';
import { changeInTree, packageIn, placeOf } from './tree-package.ts';

/** Files that this process changed, for the lock files at the end, and the names that they concern. */
const changed = { files: new Set<string>(), names: new Set<string>() };

/** Nx creates one per project. */
export default class PythonVersionActions extends VersionActions {
  validManifestFilenames: string[] = ['pyproject.toml'];
  override excludeManifestsFromFormatting = true;
  private written: Version | null = null;

  /**
   * Nx swallows what is thrown while it reads a version from the registry and falls back to the disk, so an outage is found
   * out here, where an error ends the command. The first project reads for all.
   */
  override async init(tree: Tree): Promise<void> {
    const halfWritten = await completeWrites(tree.root, (line) => void process.stderr.write(`${line}\n`));
    if (halfWritten !== null) throw new Error(describeProblem(halfWritten).join('\n'));
    const pkg = packageIn(tree, this.root);
    this.validManifestFilenames = [placeOf(pkg).file];
    this.written = releasedAs(pkg);
    await super.init(tree);
    if (this.finalConfigForProject.currentVersionResolver !== 'registry') return;
    const { states } = await registryStates(tree.root);
    const state = states.get(pkg.normalizedName);
    if (state?.kind === 'unknown') throw new Error(describeProblem(state.problem).join('\n'));
  }

  override async readCurrentVersionFromSourceManifest(
    tree: Tree,
  ): Promise<{ currentVersion: string; manifestPath: string } | null> {
    const pkg = packageIn(tree, this.root);
    const version = writtenText(pkg.version);
    return version === null ? null : { currentVersion: version, manifestPath: pkg.manifest };
  }

  /** A package that was never published counts from its manifest. */
  override async readCurrentVersionFromRegistry(
    tree: Tree,
  ): Promise<{ currentVersion: string | null; logText: string }> {
    const pkg = packageIn(tree, this.root);
    const { states, baseline: policy } = await registryStates(tree.root);
    const state = states.get(pkg.normalizedName);
    const baseline = state?.kind === 'published' ? baselineOf(pkg.normalizedName, state.versions, policy) : null;
    if (baseline !== null) return { currentVersion: baseline.text, logText: `${pkg.normalizedName} ${baseline.text}` };
    return { currentVersion: writtenText(pkg.version), logText: `${pkg.normalizedName} was never published` };
  }

  override async readCurrentVersionOfDependency(
    tree: Tree,
    graph: ProjectGraph,
    dependency: string,
  ): Promise<{ currentVersion: string | null; dependencyCollection: string | null }> {
    const name = packageName(graph, dependency);
    const declaration = packageIn(tree, this.root).declarations.find(({ normalizedName }) => normalizedName === name);
    if (declaration === undefined) return { currentVersion: null, dependencyCollection: null };
    const range = declaration.specifier === '' ? '*' : declaration.specifier;
    return { currentVersion: range, dependencyCollection: declaration.group ?? declaration.kind };
  }

  override async calculateNewVersion(
    currentVersion: string | null,
    input: string,
    ...[, , preid]: [reason: string, reasonData: Record<string, unknown>, preid: string]
  ): Promise<{ newVersion: string; logText: string }> {
    const { options } = contextOf().plugin;
    const firstPre = BigInt(options.firstPreRelease ?? 1);
    const project = this.projectGraphNode.name;
    const { written } = this;
    const taken = await this.takenVersions();
    const newVersion = nextVersion({ project, current: currentVersion, written, input, preid, taken, firstPre });
    return { newVersion, logText: `❓ Applied ${input} by PEP 440 to get new version ${newVersion}` };
  }

  override async updateProjectVersion(tree: Tree, newVersion: string): Promise<string[]> {
    const pkg = packageIn(tree, this.root);
    const [text, wanted] = [writtenText(pkg.version), parseVersion(newVersion)];
    if (text === null) return [`✍️  No file holds the version of ${pkg.name}: give ${newVersion} to its build`];
    const written = parseVersion(text);
    if (written !== null && wanted !== null && compareVersions(written, wanted) === 0) return [];
    const files = await writeInTree(tree, pkg, [{ kind: 'set-version', version: newVersion }]);
    return [`✍️  New version ${newVersion} written to ${files.join(', ')}`];
  }

  /** Ranges that accept the new version stay as they are (rule F2). */
  override async updateProjectDependencies(
    tree: Tree,
    graph: ProjectGraph,
    dependencies: Record<string, string>,
  ): Promise<string[]> {
    const pkg = packageIn(tree, this.root);
    const moved = new Map<string, Version>();
    for (const [dependency, text] of Object.entries(dependencies)) {
      // Nx puts a semantic versioning prefix in front: `~1.3.0`.
      const version = parseVersion(text.replace(/^[~^=]+/, ''));
      if (version !== null) moved.set(packageName(graph, dependency), version);
    }
    const ranges = rewrittenRanges(pkg, moved, policyOf(tree, this.root));
    const [problem] = ranges.problems;
    if (problem !== undefined) throw new Error(describeProblem(problem).join('\n'));
    const changes = ranges.changes.map(({ change }) => change);
    await writeInTree(tree, pkg, changes);
    return ranges.changes.map(
      ({ range }) => `✍️  ${range.dependency} ${range.before} → ${range.after} in ${range.file}`,
    );
  }

  private get root(): string {
    return this.projectGraphNode.data.root;
  }

  private async takenVersions(): Promise<ReadonlySet<string>> {
    if (this.finalConfigForProject.currentVersionResolver !== 'registry') return new Set();
    const { states } = await registryStates(contextOf().root);
    const metadata = pythonName(this.projectGraphNode.data.metadata) ?? this.projectGraphNode.name;
    return new Set(textsOf(states.get(normalizeName(metadata))));
  }
}

/** Lock files that contain what was versioned are brought up to date by their own tools. */
export const afterAllProjectsVersioned: AfterAllProjectsVersioned = async (cwd, { dryRun }) => {
  await treeWritten(cwd);
  if (dryRun === true || changed.files.size === 0) return { changedFiles: [], deletedFiles: [] };
  const folders = new Set((await listWorkspaceFiles(cwd)).filter(isLockFile).map((file) => dirname(file)));
  const question = { edited: [...changed.files], names: [...changed.names], readText: readWorkspaceText(cwd) };
  const locks = staleLocks({ ...question, folders });
  const { refreshed, lines } = await refreshLocks(cwd, locks, process.env);
  for (const line of lines) process.stderr.write(`${line}\n`);
  return { changedFiles: [...refreshed], deletedFiles: [] };
};

/** Resolves to the files that differ. @throws Error where they can't be changed, and then Nx writes none. */
async function writeInTree(
  tree: Tree,
  pkg: PythonPackage,
  changes: readonly ManifestChange[],
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  await guardTree(tree);
  const files = changeInTree(tree, pkg, changes);
  const problems = await unwritableIn(tree, files);
  if (problems.length > 0) throw new Error(problemText(problems));
  for (const file of files) changed.files.add(file);
  changed.names.add(pkg.normalizedName);
  return files;
}

function contextOf(root: string = process.cwd()) {
  return runContext(root, { env: process.env, tags: new Map(), say: () => {} });
}

function policyOf(tree: Tree, root: string): DependentsPolicy {
  const { options } = contextOf(tree.root).plugin;
  const policy = dependentsPolicy(options, [packageIn(tree, root)], new Map());
  if (policy.kind === 'problem') throw new Error(describeProblem(policy.problem).join('\n'));
  return policy.value;
}

function writtenText(version: ReturnType<typeof packageIn>['version']): string | null {
  return version.kind === 'static' || version.kind === 'file' ? version.text : null;
}

/** What the manifest says that is to be released: X of X.devN (rule E3). */
function releasedAs(pkg: PythonPackage): Version | null {
  const local = localVersion(pkg);
  return local.kind === 'version' ? local.version : local.kind === 'dev' ? local.released : null;
}

function textsOf(state: RegistryState | undefined): readonly string[] {
  return state?.kind === 'published' ? state.versions.map(({ version }) => formatVersion(version)) : [];
}
