import type { Artifact } from './artifact.ts';

/** Name of the file that says what a folder of artifacts holds. */
export const ARTIFACT_LIST = 'nx-pypi-artifacts.json';

/** The number of this shape; a reader refuses another one. */
const ARTIFACT_LIST_FORMAT = 1;

export interface ListedArtifact extends Pick<Artifact, 'kind' | 'filename' | 'sha256' | 'size'> {
  /** Normalised name. */
  readonly name: string;
  /** Canonical text. */
  readonly version: string;
}

/** What a build left in a folder for a publish elsewhere. Sorted by file name. */
export interface ArtifactList {
  readonly format: typeof ARTIFACT_LIST_FORMAT;
  /** Name and version of the product that built. */
  readonly tool: string;
  readonly revision: string;
  readonly artifacts: readonly ListedArtifact[];
}

/** Reads the list's text; null where it is none of this format. */
export function parseArtifactList(text: string): ArtifactList | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value['format'] !== ARTIFACT_LIST_FORMAT || !Array.isArray(value['artifacts'])) return null;
  const entries: readonly unknown[] = value['artifacts'];
  const artifacts = entries.filter(isListed);
  if (artifacts.length < entries.length) return null;
  return { format: 1, tool: String(value['tool']), revision: String(value['revision']), artifacts };
}

function isListed(value: unknown): value is ListedArtifact {
  if (!isRecord(value)) return false;
  const { kind, filename, sha256, size, name, version } = value;
  return (
    (kind === 'sdist' || kind === 'wheel') &&
    typeof filename === 'string' &&
    /^[^/\\]+$/.test(filename) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(size) &&
    typeof name === 'string' &&
    typeof version === 'string'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
