/** A workspace and a registry in memory, behind the same ports as the real ones. */
import type { Declaration, Discovery, PythonPackage } from '@nx-pypi/manifests';
import {
  parseSpecifierSet,
  parseVersion,
  type CoreMetadata,
  type SpecifierSet,
  type Version,
} from '@nx-pypi/standards';
import type { Level } from '../src/bump/level.ts';
import type { Artifact, ArtifactKind, UploadOutcome } from '../src/model/artifact.ts';
import type { Provenance } from '../src/model/provenance.ts';
import type { PublishedFile, PublishedVersion, RegistryState } from '../src/model/registry-state.ts';
import type { BuildRequest, Found, UploadRequest } from '../src/ports.ts';
import { release, type ReleaseEvent, type ReleasePorts, type ReleaseRequest } from '../src/release.ts';
import { packageOf, type PackageSpec } from './packages.ts';

interface StoredFile {
  readonly filename: string;
  readonly kind: ArtifactKind;
  readonly version: string;
  readonly content: string;
  readonly metadata: CoreMetadata;
  readonly provenance: Provenance | null;
}

export interface World {
  /** What the next build of a package contains. */
  readonly contents: Map<string, string>;
  /** Released files by package, in upload order. */
  readonly files: Map<string, StoredFile[]>;
  /** Names in the order of their first upload in the last run. */
  readonly uploads: string[];
  /** States that take the place of what is stored. */
  readonly states: Map<string, RegistryState>;
  /** Packages whose build fails. */
  readonly broken: Set<string>;
  /** Packages whose upload is rejected. */
  readonly rejected: Set<string>;
  readonly builds: string[];
  readonly ports: ReleasePorts;
}

export function createWorld(): World {
  const made = new Map<string, StoredFile>();
  const world: Omit<World, 'ports'> = {
    contents: new Map(),
    files: new Map(),
    uploads: [],
    states: new Map(),
    broken: new Set(),
    rejected: new Set(),
    builds: [],
  };
  const fileOf = (key: string): StoredFile => {
    const file = made.get(key);
    if (file === undefined) throw new Error(`there is no file ${key}`);
    return file;
  };
  const ports: ReleasePorts = {
    progress: () => {},
    scratch: (name) => Promise.resolve(`scratch/${name}`),
    history: {
      repository: '',
      revision: '',
      adopted: new Set(),
      allowDiverged: false,
      relation: () => Promise.resolve('same'),
    },
    registry: {
      read: (names) => Promise.resolve(new Map(names.map((name) => [name, stateOf(world, name)]))),
      readFresh: (name) => Promise.resolve(stateOf(world, name)),
      download: (file) => Promise.resolve(found(file.url)),
    },
    builder: {
      digest: (pkg) => Promise.resolve(found(`1:${world.contents.get(pkg.normalizedName) ?? ''}`)),
      build: (request) => Promise.resolve(build(world, made, request)),
      inspect: (file) => Promise.resolve(found({ ...fileOf(file) })),
      compare: (_kind, ours, theirs) => {
        const [left, right] = [fileOf(ours), fileOf(theirs)];
        const same = left.content === right.content && requires(left).join() === requires(right).join();
        return Promise.resolve(
          found(
            same
              ? { kind: 'same' }
              : { kind: 'different', reasons: [{ kind: 'files', added: [], removed: [], modified: ['module.py'] }] },
          ),
        );
      },
    },
    uploader: {
      prove: () => Promise.resolve(null),
      verify: () => Promise.resolve({ kind: 'visible' }),
      upload: (request) => Promise.resolve(upload(world, fileOf(request.artifact.file), request)),
    },
  };
  return { ...world, ports };
}

function requires(file: StoredFile): readonly string[] {
  return file.metadata.headers.filter(([name]) => name === 'Requires-Dist').map(([, value]) => value);
}

function build(world: Omit<World, 'ports'>, made: Map<string, StoredFile>, request: BuildRequest) {
  const name = request.package.normalizedName;
  world.builds.push(`${name} ${request.version}`);
  if (world.broken.has(name)) {
    return {
      kind: 'failed' as const,
      problem: { code: 'NXPYPI_BUILD_FAILED', message: `${name} does not build`, hint: 'mend it' },
      log: 'boom',
    };
  }
  const metadata: CoreMetadata = {
    headers: [['Name', request.package.name], ['Version', request.version], ...request.constraints.map(requirementOf)],
    description: '',
  };
  const artifacts = request.artifacts.map((kind): Artifact => {
    const file = `${request.outDir}/${made.size}`;
    const filename =
      kind === 'sdist'
        ? `${name.replaceAll('-', '_')}-${request.version}.tar.gz`
        : `${name.replaceAll('-', '_')}-${request.version}-py3-none-any.whl`;
    made.set(file, {
      filename,
      kind,
      version: request.version,
      content: world.contents.get(name) ?? '',
      metadata,
      provenance: kind === 'sdist' ? request.provenance : null,
    });
    return { kind, filename, file, sha256: file, size: 1, metadata };
  });
  return { kind: 'built' as const, artifacts };
}

function requirementOf({
  declaration,
  specifier,
}: {
  readonly declaration: Declaration;
  readonly specifier: string;
}): readonly [string, string] {
  const extra = declaration.kind === 'extra' ? ` ; extra == "${declaration.group ?? ''}"` : '';
  return ['Requires-Dist', `${declaration.name}${specifier}${extra}`];
}

function upload(world: Omit<World, 'ports'>, file: StoredFile, request: UploadRequest): UploadOutcome {
  if (world.rejected.has(request.name)) {
    return {
      kind: 'rejected',
      filename: file.filename,
      problem: { code: 'NXPYPI_REJECTED', message: 'the server refused it', hint: 'ask it why' },
      runWide: false,
    };
  }
  if (!world.uploads.includes(request.name)) world.uploads.push(request.name);
  world.files.set(request.name, [
    ...(world.files.get(request.name) ?? []),
    { ...file, url: request.artifact.file } as StoredFile,
  ]);
  return { kind: 'uploaded', filename: file.filename, sha256: request.artifact.sha256 };
}

function stateOf(world: Omit<World, 'ports'>, name: string): RegistryState {
  const given = world.states.get(name);
  if (given !== undefined) return given;
  const files = world.files.get(name) ?? [];
  if (files.length === 0) return { kind: 'absent' };
  const versions = [...new Set(files.map((file) => file.version))].map((text): PublishedVersion => ({
    text,
    version: versionOf(text),
    yanked: false,
    files: files
      .filter((file) => file.version === text)
      .map((file): PublishedFile => ({
        filename: file.filename,
        url: (file as StoredFile & { url: string }).url,
        sha256: null,
        requiresPython: null,
        yanked: false,
        size: null,
      })),
  }));
  return { kind: 'published', versions, problems: [] };
}

function found<T>(value: T): Found<T> {
  return { kind: 'found', value };
}

export function versionOf(text: string): Version {
  const version = parseVersion(text);
  if (version === null) throw new Error(`${text} is not a version`);
  return version;
}

function specifiersOf(text: string): SpecifierSet {
  const set = parseSpecifierSet(text);
  if (set === null) throw new Error(`${text} is not a specifier set`);
  return set;
}

export interface RunSpec {
  readonly specs: readonly PackageSpec[];
  readonly select?: readonly string[];
  readonly dryRun?: boolean;
  readonly level?: Level;
  readonly versions?: 'registry' | 'manifest';
  readonly releaseDev?: boolean;
  readonly line?: string;
  readonly exclude?: readonly string[];
}

export function requestOf(spec: RunSpec): ReleaseRequest {
  const packages: readonly PythonPackage[] = spec.specs.map(packageOf);
  const discovery: Discovery = { packages, problems: [] };
  const line = specifiersOf(spec.line ?? '');
  return {
    discovery,
    checkout: { repository: '', revision: '', ref: 'main', pipeline: '', dirtyPaths: [] },
    publish: { include: [], exclude: spec.exclude ?? [] },
    tags: new Map(),
    select: spec.select ?? 'all',
    detect: {
      line,
      unavailable: new Set(),
      deep: false,
      releaseDev: spec.releaseDev ?? false,
      versions: spec.versions ?? 'registry',
    },
    versions: {
      level: spec.level ?? null,
      defaultLevel: 'patch',
      levels: new Map(),
      initialVersion: versionOf('0.1.0'),
      releaseDev: spec.releaseDev ?? false,
      firstPre: 1n,
      line,
      followRanges: spec.versions !== 'manifest',
    },
    surroundings: {
      loopback: true,
      ci: false,
      local: false,
      branch: 'main',
      releaseBranches: [],
      defaultBranch: 'main',
      allowDirty: false,
      dirtyPaths: [],
      newPackages: 'ask',
      newNames: [],
    },
    concurrency: 4,
    tool: 'nx-pypi/test',
    dryRun: spec.dryRun ?? false,
  };
}

/** Carries out one run in the world; outcomes by package as short texts, and the events. */
export async function run(world: World, spec: RunSpec) {
  world.uploads.length = 0;
  world.builds.length = 0;
  const events: ReleaseEvent[] = [];
  const report = await release(requestOf(spec), { ...world.ports, progress: (event) => void events.push(event) });
  const outcomes = Object.fromEntries(report.results.map(({ name, outcome }) => [name, short(outcome)]));
  return { report, outcomes, events };
}

function short(outcome: Awaited<ReturnType<typeof release>>['results'][number]['outcome']): string {
  switch (outcome.kind) {
    case 'published':
    case 'planned':
      return `${outcome.kind} ${outcome.release.version}`;
    case 'unchanged':
      return `unchanged ${outcome.version}`;
    case 'failed':
      return `failed ${outcome.problems.map((problem) => problem.code).join(' ')}`;
    case 'skipped':
      return `skipped ${outcome.because.kind === 'run-stopped' ? 'run-stopped' : `${outcome.because.kind} ${outcome.because.dependency}`}`;
  }
}
