import type { PythonPackage } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../../model/artifact.ts';
import type { PublishedVersion } from '../../model/registry-state.ts';
import { lackingWheels } from '../../policy/declared-wheels.ts';
import { filesByKind } from './baseline-facts.ts';

/** Rule C4: the kinds of artifact that a released version lacks; without its package, wheels that that declares are not asked for. */
export function missingArtifacts(
  version: PublishedVersion,
  pkg: Pick<PythonPackage, 'settings'> | null,
): readonly ArtifactKind[] {
  const { sdist, wheels } = filesByKind(version);
  const names = wheels.map(({ filename }) => filename);
  const whole = names.length > 0 && lackingWheels(pkg?.settings.wheels ?? [], names).length === 0;
  return [...(sdist === null ? (['sdist'] as const) : []), ...(whole ? [] : (['wheel'] as const))];
}
