import type { ArtifactKind } from '../model/artifact.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import { filesByKind } from './baseline-facts.ts';

/** Rule C4: the kinds of artifact that a released version lacks. */
export function missingArtifacts(version: PublishedVersion): readonly ArtifactKind[] {
  const { sdist, wheels } = filesByKind(version);
  return [...(sdist === null ? (['sdist'] as const) : []), ...(wheels.length === 0 ? (['wheel'] as const) : [])];
}
