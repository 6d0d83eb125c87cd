import { headers, parseDistributionFilename, type CoreMetadata } from '@nx-pypi/standards';
import type { Provenance } from '../model/provenance.ts';
import type { PublishedFile, PublishedVersion } from '../model/registry-state.ts';
import type { Builder, Found, RegistryReader } from '../ports.ts';

/** What a baseline's own files say. */
export interface BaselineFacts {
  readonly metadata: CoreMetadata;
  readonly provenance: Provenance | null;
}

/** The files of a version by kind: at most one sdist counts (PEP 625), wheels in index order. */
export function filesByKind(version: PublishedVersion): {
  readonly sdist: PublishedFile | null;
  readonly wheels: readonly PublishedFile[];
} {
  const kinds = version.files.map((file) => ({ file, kind: parseDistributionFilename(file.filename)?.kind }));
  return {
    sdist: kinds.find((entry) => entry.kind === 'sdist')?.file ?? null,
    wheels: kinds.filter((entry) => entry.kind === 'wheel').map((entry) => entry.file),
  };
}

/**
 * Opens the baseline: the sdist for its provenance, and a wheel for the metadata where the sdist leaves
 * Requires-Dist to the build (`Dynamic`, PEP 643).
 */
export async function readBaseline(
  version: PublishedVersion,
  ports: { readonly registry: RegistryReader; readonly builder: Builder },
): Promise<Found<BaselineFacts>> {
  const { sdist, wheels } = filesByKind(version);
  const [wheel] = wheels;
  const fromSdist = sdist === null ? null : await openFile(sdist, ports);
  if (fromSdist?.kind === 'problem') return fromSdist;
  const settled = fromSdist !== null && !leavesRequirementsOpen(fromSdist.value.metadata);
  if (settled || wheel === undefined) {
    return fromSdist ?? { kind: 'problem', problem: noFiles(version) };
  }
  const fromWheel = await openFile(wheel, ports);
  if (fromWheel.kind === 'problem') return fromWheel;
  return {
    kind: 'found',
    value: { metadata: fromWheel.value.metadata, provenance: fromSdist?.value.provenance ?? null },
  };
}

async function openFile(
  file: PublishedFile,
  ports: { readonly registry: RegistryReader; readonly builder: Builder },
): Promise<Found<BaselineFacts>> {
  const downloaded = await ports.registry.download(file);
  return downloaded.kind === 'problem' ? downloaded : ports.builder.inspect(downloaded.value, file.filename);
}

function leavesRequirementsOpen(metadata: CoreMetadata): boolean {
  return headers(metadata, 'Dynamic').some((field) => field.trim().toLowerCase() === 'requires-dist');
}

function noFiles(version: PublishedVersion) {
  return {
    code: 'NXPYPI_BASELINE_WITHOUT_FILES',
    message: `version ${version.text} has neither an sdist nor a wheel that can be read`,
    hint: 'list the version under "unavailable" so that an older one becomes the baseline',
  };
}

/** True for a wheel that any interpreter on any platform may install. */
export function isPureWheel(filename: string): boolean {
  return parseDistributionFilename(filename)?.kind === 'wheel' && filename.toLowerCase().endsWith('-none-any.whl');
}
