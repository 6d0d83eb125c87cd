import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import type { Artifact, ArtifactKind, BuildRequest, Found } from '@nx-pypi/release';
import { compareVersions, header, normalizeName, parseDistributionFilename, parseVersion } from '@nx-pypi/standards';
import { inspectArtifact } from '../artifacts/inspect-artifact.ts';
import { sha256OfFile } from '../digest/source-digest.ts';

/** Checks what the hooks left in `out`, one folder per kind, and moves it to the request's folder. */
export async function collectArtifacts(
  request: BuildRequest,
  out: string,
  notice: (problem: Problem) => void,
): Promise<Found<readonly Artifact[]>> {
  const artifacts: Artifact[] = [];
  for (const kind of [...new Set(request.artifacts)].sort()) {
    const artifact = await collectOne(request, join(out, kind), { kind, notice });
    if (artifact.kind === 'problem') return artifact;
    artifacts.push(artifact.value);
  }
  await mkdir(request.outDir, { recursive: true });
  const moved: Artifact[] = [];
  for (const artifact of artifacts) {
    const file = join(request.outDir, artifact.filename);
    await move(artifact.file, file);
    moved.push({ ...artifact, file });
  }
  return { kind: 'found', value: moved };
}

async function collectOne(
  request: BuildRequest,
  folder: string,
  { kind, notice }: { readonly kind: ArtifactKind; readonly notice: (problem: Problem) => void },
): Promise<Found<Artifact>> {
  const pkg = request.package;
  const filenames = await filesOf(folder);
  const [filename] = filenames;
  if (filename === undefined || filenames.length !== 1) {
    return { kind: 'problem', problem: wrongNumber(pkg, kind, filenames) };
  }
  const named = parseDistributionFilename(filename);
  if (named?.kind !== kind) return { kind: 'problem', problem: wrongNumber(pkg, kind, filenames) };
  const file = join(folder, filename);
  const facts = await inspectArtifact(file, filename);
  if (facts.kind === 'problem') return facts;
  const { metadata } = facts.value;
  const [name, version] = [header(metadata, 'Name') ?? '', header(metadata, 'Version') ?? ''];
  const wrong =
    wrongName(request, filename, [named.name, normalizeName(name)]) ??
    wrongVersion(request, filename, version, [named.version, parseVersion(version)]);
  if (wrong !== null) return { kind: 'problem', problem: wrong };
  if (kind === 'sdist' && request.provenance !== null && facts.value.provenance === null)
    notice(lostProvenance(pkg, filename));
  const { size } = await stat(file);
  return { kind: 'found', value: { kind, filename, file, sha256: await sha256OfFile(file), size, metadata } };
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** A temporary folder may lie on another file system than the target. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch {
    const part = `${to}.part`;
    await copyFile(from, part);
    await rename(part, to);
    await rm(from, { force: true });
  }
}

/** Rule I2: the release goes on, and the next one compares by building. */
function lostProvenance(pkg: PythonPackage, filename: string): Problem {
  return {
    code: 'NXPYPI_PROVENANCE_LOST',
    message: `the build of ${pkg.name} left the manifest out of ${filename}, and so what says where it comes from`,
    hint: 'let MANIFEST.in include pyproject.toml or setup.cfg; until then the package is compared by building it, and its history is unknown',
    where: pkg.manifest,
  };
}

function wrongNumber(pkg: PythonPackage, kind: ArtifactKind, filenames: readonly string[]): Problem {
  const found = filenames.length === 0 ? 'no file' : filenames.join(', ');
  return {
    code: 'NXPYPI_BUILD_ARTIFACTS',
    message: `The backend ${pkg.backend} was asked for one ${kind} of ${pkg.name} and left ${found}.`,
    hint: 'A build must leave exactly one file of the kind that was asked for, named as the packaging standards say.',
    where: pkg.manifest,
  };
}

function wrongName(request: BuildRequest, filename: string, names: readonly string[]): Problem | null {
  const asked = request.package.normalizedName;
  if (names.every((name) => name === asked)) return null;
  return {
    code: 'NXPYPI_BUILD_WRONG_NAME',
    message: `The build of ${request.package.name} made ${filename}, which belongs to the package ${names.find((name) => name !== asked) ?? ''}.`,
    hint: 'Let the manifest and the backend agree on the name.',
    where: request.package.manifest,
  };
}

function wrongVersion(
  request: BuildRequest,
  filename: string,
  stated: string,
  versions: readonly ReturnType<typeof parseVersion>[],
): Problem | null {
  const asked = parseVersion(request.version);
  const right = versions.every(
    (version) => version !== null && asked !== null && compareVersions(version, asked) === 0,
  );
  if (right) return null;
  return {
    code: 'NXPYPI_BUILD_WRONG_VERSION',
    message: `The build of ${request.package.name} ${request.version} made ${filename} with the version ${stated === '' ? '(none)' : stated}.`,
    hint: 'The backend takes its version from a place that was not edited; state it in the manifest, or in one file that the manifest names.',
    where: request.package.manifest,
  };
}
