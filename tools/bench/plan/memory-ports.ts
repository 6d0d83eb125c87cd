import type { PythonPackage } from '@nx-pypi/manifests';
import type { Artifact, Comparison, Found, Provenance, RegistryState, ReleasePorts } from '@nx-pypi/release';
import { parseVersion } from '@nx-pypi/standards';

/**
 * A registry that holds every package at the manifest's version, and a builder for which every hundredth has other files than were
 * released: what planning does, without disk, network and builds.
 */
export function memoryPorts(packages: readonly PythonPackage[]): ReleasePorts {
  const byName = new Map(packages.map((pkg) => [pkg.normalizedName, pkg]));
  const changed = new Set(packages.filter((_, index) => index % 100 === 50).map((pkg) => pkg.normalizedName));
  const states = new Map([...byName].map(([name, pkg]) => [name, stateOf(name, pkg)]));
  const stateFor = (name: string): RegistryState => states.get(name) ?? { kind: 'absent' };
  const packageAt = (file: string): PythonPackage => {
    const pkg = byName.get(file.replace(built, ''));
    if (pkg === undefined) throw new Error(`${file} is no file of a package`);
    return pkg;
  };
  return {
    progress: () => {},
    stop: { asked: () => false, request: new Promise(() => {}) },
    scratch: (name) => Promise.resolve(name),
    history: {
      repository: '',
      revision: '',
      adopted: new Set(),
      allowDiverged: false,
      relation: () => Promise.resolve('same'),
    },
    registry: {
      read: (names) => Promise.resolve(new Map(names.map((name) => [name, stateFor(name)]))),
      readFresh: (name) => Promise.resolve(stateFor(name)),
      download: (file) => Promise.resolve(found(file.url)),
    },
    builder: {
      digest: (pkg) => Promise.resolve(found(changed.has(pkg.normalizedName) ? '1:today' : '1:released')),
      sources: (pkg) => Promise.resolve(found(pkg.files)),
      environment: () => Promise.resolve(found('the only one')),
      rebuild: () => Promise.resolve({ kind: 'failed', problem: unasked, log: '' }),
      build: ({ package: pkg, artifacts }) =>
        Promise.resolve({ kind: 'built', artifacts: artifacts.map((kind) => artifactOf(pkg, kind)) }),
      inspect: (file) => {
        const pkg = packageAt(file);
        return Promise.resolve(found({ kind: 'sdist', metadata: metadataOf(pkg), provenance: provenanceOf(pkg) }));
      },
      compare: (_kind, _ours, theirs) => Promise.resolve(found(theirs.startsWith(built) ? same : otherFiles)),
    },
    uploader: {
      prove: () => Promise.resolve(unasked),
      upload: () => Promise.reject(new Error(unasked.message)),
      verify: () => Promise.reject(new Error(unasked.message)),
    },
  };
}

/** Begins the name of a file that was built here and not released. */
const built = 'built/';
const unasked = { code: 'NXPYPI_BENCH', message: 'planning needs no such thing', hint: 'mend the benchmark' };
const same: Comparison = { kind: 'same' };
const otherFiles: Comparison = {
  kind: 'different',
  reasons: [{ kind: 'files', added: [], removed: [], modified: ['score.py'] }],
};

function found<T>(value: T): Found<T> {
  return { kind: 'found', value };
}

function versionText(pkg: PythonPackage): string {
  return pkg.version.kind === 'static' ? pkg.version.text : '1.0.0';
}

function stateOf(name: string, pkg: PythonPackage): RegistryState {
  const text = versionText(pkg);
  const version = parseVersion(text);
  if (version === null) throw new Error(`${text} is no version`);
  const stem = `${name.replaceAll('-', '_')}-${text}`;
  const files = [`${stem}.tar.gz`, `${stem}-py3-none-any.whl`].map((filename) => ({
    filename,
    url: name,
    sha256: null,
    requiresPython: null,
    yanked: false,
    size: null,
  }));
  return { kind: 'published', versions: [{ version, text, files, yanked: false }], problems: [] };
}

function artifactOf(pkg: PythonPackage, kind: Artifact['kind']): Artifact {
  return { kind, filename: '', file: `${built}${pkg.normalizedName}`, sha256: '', size: 1, metadata: metadataOf(pkg) };
}

function metadataOf(pkg: PythonPackage): Artifact['metadata'] {
  const required = pkg.declarations.filter(({ kind }) => kind === 'runtime');
  return {
    headers: [
      ['Name', pkg.name],
      ['Version', versionText(pkg)],
      ...required.map(({ name }) => ['Requires-Dist', `${name}>=1,<2`] as const),
    ],
    description: '',
  };
}

function provenanceOf(pkg: PythonPackage): Provenance {
  return {
    format: 1,
    repository: '',
    path: pkg.path,
    revision: '',
    ref: 'main',
    dirty: false,
    pipeline: '',
    tool: 'bench',
    digest: '1:released',
    declared: {},
  };
}
