import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '@nx-pypi/manifests';
import type { Artifact, Builder, Found, PublishedFile, PublishedVersion, RegistryReader } from '@nx-pypi/release';
import {
  headers,
  normalizeName,
  parseDistributionFilename,
  parseRequirement,
  parseSpecifierSet,
  specifierAllows,
  type CoreMetadata,
} from '@nx-pypi/standards';

export interface InternalRequirementsOptions {
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
  readonly registry: RegistryReader;
  readonly inspect: Builder['inspect'];
  /** Absolute path of a folder for wheels that build environments are made from. */
  readonly folder: string;
}

export interface InternalRequirements {
  /** Requirements that name files, for one that names a package of the workspace; null for others (rule F4). */
  readonly replace: (requirement: string) => Promise<Found<readonly string[]> | null>;
  /** From now on the wheel among them is what a build gets. */
  readonly built: (name: string, artifacts: readonly Artifact[]) => void;
}

interface Wheel {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly file: string;
  readonly filename: string;
  readonly metadata: CoreMetadata;
}

/** Internal build requirements come from this run's artifacts, else from our registry, and so does what they need. */
export function internalRequirements(options: InternalRequirementsOptions): InternalRequirements {
  const ofThisRun = new Map<string, Wheel>();

  async function gather(requirement: string, gathered: Map<string, string>): Promise<Found<null>> {
    const parsed = parseRequirement(requirement);
    if (parsed.kind === 'error') return { kind: 'found', value: null };
    const name = normalizeName(parsed.requirement.name);
    if (!options.names.has(name) || gathered.has(name)) return { kind: 'found', value: null };
    const own = ofThisRun.get(name);
    const found: Found<Wheel> =
      own === undefined ? await ofRegistry(name, parsed.requirement.specifier, options) : { kind: 'found', value: own };
    if (found.kind === 'problem') return found;
    const wheel = found.value;
    gathered.set(name, `${name} @ ${await kept(wheel, options.folder)}`);
    for (const needed of headers(wheel.metadata, 'Requires-Dist')) {
      const more = await gather(needed, gathered);
      if (more.kind === 'problem') return more;
    }
    return { kind: 'found', value: null };
  }

  return {
    built: (name, artifacts) => {
      const wheel = artifacts.find((artifact) => artifact.kind === 'wheel');
      if (wheel !== undefined) ofThisRun.set(name, wheel);
    },
    replace: async (requirement) => {
      const gathered = new Map<string, string>();
      const found = await gather(requirement, gathered);
      if (found.kind === 'problem') return found;
      return gathered.size === 0 ? null : { kind: 'found', value: [...gathered.values()] };
    },
  };
}

/** A URL that changes with the wheel's content, so that an environment made from another one is another one. */
async function kept(wheel: Wheel, folder: string): Promise<string> {
  const place = join(folder, wheel.sha256.slice(0, 32));
  await mkdir(place, { recursive: true });
  await copyFile(wheel.file, join(place, wheel.filename));
  return pathToFileURL(join(place, wheel.filename)).href;
}

async function ofRegistry(
  name: string,
  specifier: string,
  { registry, inspect }: InternalRequirementsOptions,
): Promise<Found<Wheel>> {
  const state = (await registry.read([name])).get(name);
  if (state?.kind === 'unknown') return { kind: 'problem', problem: state.problem };
  const file = state?.kind === 'published' ? newestWheel(state.versions, specifier) : null;
  if (file === null) return { kind: 'problem', problem: missing(name, specifier) };
  const downloaded = await registry.download(file);
  if (downloaded.kind === 'problem') return downloaded;
  const facts = await inspect(downloaded.value, file.filename);
  if (facts.kind === 'problem') return facts;
  const { metadata } = facts.value;
  const { filename, sha256 } = file;
  return { kind: 'found', value: { sha256: sha256 ?? '', file: downloaded.value, filename, metadata } };
}

/** Of the highest version that fits: final ones first, as installers choose. */
function newestWheel(versions: readonly PublishedVersion[], specifier: string): PublishedFile | null {
  const set = parseSpecifierSet(specifier);
  if (set === null) return null;
  const usable = versions.filter(({ yanked, files }) => !yanked && files.some(isWheel));
  const fits = (policy: 'never' | 'always'): PublishedVersion | undefined =>
    usable.findLast(({ version }) => specifierAllows(set, version, policy));
  return (fits('never') ?? fits('always'))?.files.find(isWheel) ?? null;
}

function isWheel(file: PublishedFile): boolean {
  return parseDistributionFilename(file.filename)?.kind === 'wheel' && file.sha256 !== null;
}

function missing(name: string, specifier: string): Problem {
  return {
    code: 'NXPYPI_INTERNAL_BUILD_REQUIREMENT',
    message: `the build requirement ${name}${specifier} is a package of this workspace, and the registry holds no wheel of it that fits`,
    hint: `release ${name} first, or in the same run`,
  };
}
