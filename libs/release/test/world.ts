/** A workspace and a registry in memory, behind the same ports as the real ones. */
import type { Declaration, Discovery, PythonPackage } from '@nx-pypi/manifests';
import {
  compareVersions,
  parseSpecifierSet,
  parseVersion,
  type CoreMetadata,
  type SpecifierSet,
  type Version,
} from '@nx-pypi/standards';
import type { Level } from '../src/bump/level.ts';
import { levelStep, parseStep, type Step } from '../src/bump/step.ts';
import type { Artifact, ArtifactKind, UploadOutcome } from '../src/model/artifact.ts';
import type { Provenance } from '../src/model/provenance.ts';
import type { PublishedFile, PublishedVersion, RegistryState } from '../src/model/registry-state.ts';
import type { Relation } from '../src/detect/baseline/origin.ts';
import type { Builder, BuildRequest, Comparison, Found, UploadRequest } from '../src/ports.ts';
import { channelRequest } from '../src/channel-request.ts';
import { release } from '../src/release.ts';
import type { ReleaseEvent, ReleasePorts, ReleaseRequest, StopSign } from '../src/run.ts';
import { isChannel, type Channel } from '../src/policy/channel.ts';
import { PLAIN_DEPENDENTS, type DependentsPolicy } from '../src/policy/dependents.ts';
import { packageOf, type PackageSpec } from './packages.ts';

interface StoredFile {
  readonly filename: string;
  readonly kind: ArtifactKind;
  readonly version: string;
  readonly content: string;
  readonly metadata: CoreMetadata;
  readonly provenance: Provenance | null;
  /** Key of the built file. */
  readonly url?: string;
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
  /** What happens once, between the plan and the first upload of a package: another run. */
  readonly meanwhile: Map<string, () => Promise<unknown>>;
  /** Commits of a history without branches, oldest first, and the one that is checked out; none: outside git. */
  readonly git: { readonly commits: string[]; head: string };
  /** Waited for between the look at the index and the upload of every file: where other runs get their turn. */
  pace: () => Promise<void>;
  /** Another checkout, with contents of its own, of the same repository and registry. */
  readonly rival: () => World;
  readonly ports: Mutable<Omit<ReleasePorts, 'stop' | 'builder'>> & {
    readonly stop: Mutable<StopSign>;
    readonly builder: Mutable<Builder>;
  };
}

/** Tests replace single answers of the world. */
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What checkouts have in common. */
interface Shared {
  readonly made: Map<string, StoredFile>;
  readonly files: World['files'];
  readonly commits: string[];
}

export function createWorld(shared: Shared = { made: new Map(), files: new Map(), commits: [] }): World {
  const { made } = shared;
  const world: Omit<World, 'ports'> = {
    contents: new Map(),
    files: shared.files,
    uploads: [],
    states: new Map(),
    broken: new Set(),
    rejected: new Set(),
    builds: [],
    meanwhile: new Map(),
    pace: () => Promise.resolve(),
    git: { commits: shared.commits, head: '' },
    rival: () => createWorld(shared),
  };
  const fileOf = (key: string): StoredFile => {
    const file = made.get(key);
    if (file === undefined) throw new Error(`there is no file ${key}`);
    return file;
  };
  const ports: World['ports'] = {
    progress: () => {},
    stop: { asked: () => false, request: new Promise(() => {}) },
    scratch: (name) => Promise.resolve(`scratch/${name}`),
    history: {
      repository: '',
      get revision() {
        return world.git.head;
      },
      adopted: new Set(),
      allowDiverged: false,
      relation: (revision) => Promise.resolve(relationTo(revision, world.git)),
    },
    registry: {
      read: (names) => Promise.resolve(new Map(names.map((name) => [name, stateOf(world, name)]))),
      readFresh: (name) => Promise.resolve(stateOf(world, name)),
      download: (file) => Promise.resolve(found(file.url)),
    },
    builder: {
      digest: (pkg) => Promise.resolve(found(`1:${world.contents.get(pkg.normalizedName) ?? ''}`)),
      sources: (pkg) => Promise.resolve(found(pkg.files)),
      build: (request) => Promise.resolve(build(world, made, request)),
      rebuild: () => Promise.resolve(noSources()),
      environment: () => Promise.resolve(found('the only environment')),
      inspect: (file) => Promise.resolve(found({ ...fileOf(file) })),
      compare: (_kind, ours, theirs) => Promise.resolve(found(compare(fileOf(ours), fileOf(theirs)))),
    },
    uploader: {
      prove: () => Promise.resolve(null),
      verify: () => Promise.resolve({ kind: 'visible' }),
      upload: (request) => upload(world, fileOf(request.artifact.file), request),
    },
  };
  return Object.assign(world, { ports });
}

/** Today's tools build no sdist of this world: every difference counts. */
function noSources() {
  const problem = { code: 'NXPYPI_BUILD_FAILED', message: 'the sdist does not build', hint: 'mend it' };
  return { kind: 'failed' as const, problem, log: '' };
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

async function upload(world: Omit<World, 'ports'>, file: StoredFile, request: UploadRequest): Promise<UploadOutcome> {
  const { filename } = file;
  const before = world.meanwhile.get(request.name);
  world.meanwhile.delete(request.name);
  await before?.();
  const state = stateOf(world, request.name);
  const seen = fileIn(state, filename);
  if (seen !== null) return settle(seen, request);
  const overtaken = request.overtakenBy?.(state) ?? null;
  if (overtaken !== null) return { kind: 'overtaken', filename, version: overtaken };
  await world.pace();
  const taken = fileIn(stateOf(world, request.name), filename);
  if (taken !== null) return settle(taken, request);
  if (world.rejected.has(request.name)) {
    return {
      kind: 'rejected',
      filename,
      problem: { code: 'NXPYPI_REJECTED', message: 'the server refused it', hint: 'ask it why' },
      runWide: false,
    };
  }
  if (!world.uploads.includes(request.name)) world.uploads.push(request.name);
  const stored = { ...file, url: request.artifact.file };
  world.files.set(request.name, [...(world.files.get(request.name) ?? []), stored]);
  return { kind: 'uploaded', filename, sha256: request.artifact.sha256 };
}

function fileIn(state: RegistryState, filename: string): PublishedFile | null {
  const versions = state.kind === 'published' ? state.versions : [];
  return versions.flatMap((version) => version.files).find((each) => each.filename === filename) ?? null;
}

async function settle(theirs: PublishedFile, request: UploadRequest): Promise<UploadOutcome> {
  const { filename, sha256 } = request.artifact;
  const same = await request.sameContent(theirs);
  if (same.kind === 'found' && same.value) return { kind: 'already-there', filename, sha256, same: 'content' };
  const problem = { code: 'NXPYPI_CONFLICT', message: 'other content', hint: 'release the next version' };
  return { kind: 'conflict', filename, ours: sha256, theirs: theirs.url, problem };
}

function compare(ours: StoredFile, theirs: StoredFile): Comparison {
  const same = ours.content === theirs.content && requires(ours).join() === requires(theirs).join();
  if (same) return { kind: 'same' };
  return { kind: 'different', reasons: [{ kind: 'files', added: [], removed: [], modified: ['module.py'] }] };
}

/** In a history without branches; commits that it does not know lie on another branch. */
function relationTo(revision: string, { commits, head }: World['git']): Relation {
  const [theirs, ours] = [commits.indexOf(revision), commits.indexOf(head)];
  if (theirs === -1) return 'diverged';
  return theirs === ours ? 'same' : theirs < ours ? 'ancestor' : 'descendant';
}

function stateOf(world: Omit<World, 'ports'>, name: string): RegistryState {
  const given = world.states.get(name);
  if (given !== undefined) return given;
  const files = world.files.get(name) ?? [];
  if (files.length === 0) return { kind: 'absent' };
  const texts = [...new Set(files.map((file) => file.version))].toSorted((a, b) =>
    compareVersions(versionOf(a), versionOf(b)),
  );
  const versions = texts.map((text): PublishedVersion => ({
    text,
    version: versionOf(text),
    yanked: false,
    files: files
      .filter((file) => file.version === text)
      .map((file): PublishedFile => ({
        filename: file.filename,
        url: file.url ?? '',
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

export function stepOf(text: string): Step {
  const step = parseStep(text);
  if (step === null) throw new Error(`${text} is neither a level nor a version`);
  return step;
}

function channelOf(text: string | undefined): Channel | null {
  const [id = '', number] = (text ?? '').split(' ');
  return isChannel(id) ? { id, number: number === undefined ? null : BigInt(number) } : null;
}

function stepsOf({ level, steps = {} }: RunSpec): Pick<ReleaseRequest['versions'], 'level' | 'levels'> {
  return {
    level: level === undefined ? null : levelStep(level),
    levels: new Map(Object.entries(steps).map(([name, text]) => [name, stepOf(text)])),
  };
}

export interface RunSpec {
  readonly specs: readonly PackageSpec[];
  readonly select?: readonly string[];
  readonly dryRun?: boolean;
  readonly level?: Level;
  /** Steps of single packages. */
  readonly steps?: Readonly<Record<string, string>>;
  readonly dependents?: Partial<DependentsPolicy>;
  readonly committed?: boolean;
  readonly versions?: 'registry' | 'manifest';
  readonly releaseDev?: boolean;
  readonly line?: string;
  readonly exclude?: readonly string[];
  readonly allOrNothing?: boolean;
  readonly promised?: readonly string[];
  readonly revision?: string;
  /** `dev`, or with a number `dev 42`. */
  readonly channel?: string;
}

export function requestOf(spec: RunSpec): ReleaseRequest {
  const packages: readonly PythonPackage[] = spec.specs.map(packageOf);
  const discovery: Discovery = { packages, problems: [] };
  const line = specifiersOf(spec.line ?? '');
  const channel = channelOf(spec.channel);
  const request: ReleaseRequest = {
    discovery,
    checkout: { repository: '', revision: spec.revision ?? '', ref: 'main', pipeline: '', dirtyPaths: [] },
    publish: { include: [], exclude: spec.exclude ?? [] },
    tags: new Map(),
    select: spec.select ?? 'all',
    lockstep: spec.dependents?.lockstep ?? new Map(),
    detect: {
      line,
      unavailable: new Set(),
      deep: false,
      releaseDev: spec.releaseDev ?? false,
      versions: spec.versions ?? 'registry',
    },
    versions: {
      ...stepsOf(spec),
      defaultLevel: 'patch',
      initialVersion: versionOf('0.1.0'),
      releaseDev: spec.releaseDev ?? false,
      firstPre: 1n,
      line,
      followRanges: spec.versions !== 'manifest',
      dependents: { ...PLAIN_DEPENDENTS, ...spec.dependents },
      committed: spec.committed ?? false,
      writes: false,
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
    allOrNothing: spec.allOrNothing ?? false,
    promised: new Set(spec.promised),
  };
  return channel === null ? request : channelRequest(request, channel, false);
}

/** Carries out one run in the world; outcomes by package as short texts, and the events. */
export async function run(world: World, spec: RunSpec) {
  world.uploads.length = 0;
  world.builds.length = 0;
  const events: ReleaseEvent[] = [];
  const revision = world.git.head;
  const report = await release(requestOf({ revision, ...spec }), {
    ...world.ports,
    progress: (event) => void events.push(event),
  });
  const outcomes = Object.fromEntries(report.results.map(({ name, outcome }) => [name, short(outcome)]));
  return { report, outcomes, events };
}

function short(outcome: Awaited<ReturnType<typeof release>>['results'][number]['outcome']): string {
  switch (outcome.kind) {
    case 'published':
    case 'planned':
      return `${outcome.kind} ${outcome.release.version}`;
    case 'unchanged':
      return `${outcome.why === 'taken' || outcome.why === 'superseded' ? outcome.why : 'unchanged'} ${outcome.version}`;
    case 'failed':
      return `failed ${outcome.problems.map((problem) => problem.code).join(' ')}`;
    case 'skipped':
      return `skipped ${outcome.because.kind === 'run-stopped' ? 'run-stopped' : `${outcome.because.kind} ${outcome.because.dependency}`}`;
  }
}
