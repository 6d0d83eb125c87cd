import type { Problem } from '@nx-pypi/manifests';
import { formatVersion, parseDistributionFilename } from '@nx-pypi/standards';
import { ARTIFACT_LIST, type ArtifactList, type ListedArtifact } from '../model/artifact-list.ts';
import type { PlannedRelease, ReleasePlan } from '../model/plan.ts';
import { lackingWheels } from '../policy/declared-wheels.ts';

/** A folder of artifacts as it lies on a disk. */
export interface ArtifactFolder {
  /** As it was given. */
  readonly folder: string;
  readonly list: ArtifactList;
  /** Every sdist and wheel in it, with what its bytes are. */
  readonly files: readonly { readonly filename: string; readonly sha256: string; readonly size: number }[];
}

/** What is to be uploaded, by package: each artifact with its folder. */
export type Matched = ReadonlyMap<string, readonly Placed[]>;

interface Placed extends ListedArtifact {
  readonly folder: string;
}

/**
 * Merges the folders of several runners. Every file must be named by the list of its folder and by the plan, with the bytes
 * that the list says, and every artifact that the plan ships must be there, or was `released` before: all that is wrong is
 * told at once.
 */
export function matchArtifacts(
  plan: ReleasePlan,
  folders: readonly ArtifactFolder[],
  released: readonly string[] = [],
): { readonly matched: Matched; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const byFile = new Map<string, Placed>();
  for (const given of folders) {
    for (const file of given.files)
      if (!given.list.artifacts.some((listed) => listed.filename === file.filename))
        problems.push(refused(given.folder, file.filename, `is not named by ${ARTIFACT_LIST}`));
    for (const listed of given.list.artifacts) {
      const wrong = faultOf(listed, given, plan) ?? contradiction(listed, byFile.get(listed.filename));
      if (wrong === null) byFile.set(listed.filename, { ...listed, folder: given.folder });
      else problems.push(refused(given.folder, listed.filename, wrong));
    }
  }
  const all = [...byFile.values()];
  const matched = new Map(plan.releases.map(({ name }) => [name, all.filter((artifact) => artifact.name === name)]));
  return { matched, problems: [...problems, ...plan.releases.flatMap((release) => lacking(release, all, released))] };
}

/** What speaks against a listed file, or null. */
function faultOf(listed: ListedArtifact, { files }: ArtifactFolder, plan: ReleasePlan): string | null {
  const file = files.find((candidate) => candidate.filename === listed.filename);
  if (file === undefined) return 'is listed and missing';
  if (file.sha256 !== listed.sha256 || file.size !== listed.size)
    return `has the sha256 ${file.sha256}, not ${listed.sha256} as listed`;
  const release = plan.releases.find((candidate) => candidate.name === listed.name);
  const fits = release?.version === listed.version && release.artifacts.includes(listed.kind);
  return fits ? null : `is not in the plan (${planned(plan, listed.name)})`;
}

function contradiction(listed: ListedArtifact, other: Placed | undefined): string | null {
  return other === undefined || other.sha256 === listed.sha256 ? null : `has other content in ${other.folder}`;
}

function lacking(
  { name, version, artifacts, wheels = [] }: PlannedRelease,
  placed: readonly Placed[],
  released: readonly string[],
): readonly Problem[] {
  const own = placed.filter((artifact) => artifact.name === name);
  const kinds = artifacts.filter((kind) => !own.some((artifact) => artifact.kind === kind));
  if (kinds.length > 0) return [missing(name, version, kinds.join(' and '))];
  const known = released.filter((filename) => isOf(filename, name, version));
  const platforms = artifacts.includes('wheel')
    ? lackingWheels(wheels, [...known, ...own.map(({ filename }) => filename)])
    : [];
  return platforms.length === 0 ? [] : [missing(name, version, `wheel for ${platforms.join(' and ')}`)];
}

function isOf(filename: string, name: string, version: string): boolean {
  const parsed = parseDistributionFilename(filename);
  return parsed?.name === name && formatVersion(parsed.version) === version;
}

function planned(plan: ReleasePlan, name: string): string {
  const release = plan.releases.find((candidate) => candidate.name === name);
  return release === undefined
    ? `which releases no ${name}`
    : `which releases ${name} ${release.version} as ${release.artifacts.join(' and ')}`;
}

function refused(folder: string, filename: string, what: string): Problem {
  return {
    code: 'NXPYPI_ARTIFACTS_REFUSED',
    message: `${filename} ${what}`,
    hint: 'publish the folders exactly as `nx-pypi build` left them, with the plan that it was given',
    where: `${folder}/${filename}`,
  };
}

function missing(name: string, version: string, what: string): Problem {
  return {
    code: 'NXPYPI_ARTIFACTS_MISSING',
    message: `${name} ${version} lacks its ${what}`,
    hint: 'give the folders of all runners: --artifacts may be repeated',
  };
}
