import type { Problem } from '@nx-pypi/manifests';
import {
  header,
  headers,
  normalizeName,
  parseRequirement,
  parseVersion,
  formatVersion,
  type Version,
} from '@nx-pypi/standards';
import type { Artifact } from '../model/artifact.ts';
import type { PlannedRelease } from '../model/plan.ts';
import { admits } from '../plan/constraint.ts';

/**
 * Law 5: built metadata is read and checked before the first byte is sent. `versionOf` gives the version that an
 * internal name has after the run, null for names that are not of this workspace.
 */
export function checkArtifact(
  artifact: Artifact,
  release: PlannedRelease,
  versionOf: (name: string) => Version | null,
): readonly Problem[] {
  const name = header(artifact.metadata, 'Name') ?? '';
  const version = parseVersion(header(artifact.metadata, 'Version') ?? '');
  const problems: Problem[] = [];
  if (normalizeName(name) !== release.name)
    problems.push(
      refusal(artifact, 'Name', `says '${name}', not ${release.name}`, 'the build must keep the name of the manifest'),
    );
  if (version === null || formatVersion(version) !== release.version) {
    problems.push(
      refusal(
        artifact,
        'Version',
        `says '${header(artifact.metadata, 'Version') ?? ''}', not ${release.version}`,
        'the version must come from the place that the manifest names',
      ),
    );
  }
  for (const text of headers(artifact.metadata, 'Requires-Dist')) {
    const problem = checkRequirement(artifact, text, versionOf);
    if (problem !== null) problems.push(problem);
  }
  return problems;
}

function checkRequirement(
  artifact: Artifact,
  text: string,
  versionOf: (name: string) => Version | null,
): Problem | null {
  const parsed = parseRequirement(text);
  if (parsed.kind === 'error')
    return refusal(
      artifact,
      'Requires-Dist',
      `'${text}' is not a requirement by PEP 508`,
      'mend the declaration in the manifest',
    );
  const { name, url, specifier } = parsed.requirement;
  const version = versionOf(normalizeName(name));
  if (url !== null && (version !== null || url.startsWith('file:'))) {
    return refusal(
      artifact,
      'Requires-Dist',
      `'${text}' is a direct reference that nobody else can install`,
      'declare a version range instead of a path',
    );
  }
  if (version === null) return null;
  if (specifier.trim() === '')
    return refusal(
      artifact,
      'Requires-Dist',
      `'${text}' names a package of this workspace without a range`,
      'this should have been written in; please report it',
    );
  if (admits(specifier, version)) return null;
  return refusal(
    artifact,
    'Requires-Dist',
    `'${text}' excludes ${formatVersion(version)}, the version that is released beside it`,
    'widen the range in the manifest',
  );
}

function refusal(artifact: Artifact, field: string, message: string, hint: string): Problem {
  return {
    code: 'NXPYPI_ARTIFACT_REFUSED',
    message: `${artifact.filename}: ${field} ${message}`,
    hint,
    where: artifact.filename,
  };
}
