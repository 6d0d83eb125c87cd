import { headers, parseDistributionFilename, type CoreMetadata } from '@nx-pypi/standards';
import type { Provenance } from '../../model/provenance.ts';
import type { PublishedFile, PublishedVersion } from '../../model/registry-state.ts';
import type { Builder, Found, RegistryReader } from '../../ports.ts';
import type { ValueCache } from '../detection.ts';
import { recallFacts, rememberFacts } from './remembered-facts.ts';

/** What a baseline's own files say. */
export interface BaselineFacts {
  /** Without the description. */
  readonly metadata: CoreMetadata;
  readonly provenance: Provenance | null;
}

export interface BaselinePorts {
  readonly registry: RegistryReader;
  readonly builder: Builder;
  readonly facts?: ValueCache;
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
export async function readBaseline(version: PublishedVersion, ports: BaselinePorts): Promise<Found<BaselineFacts>> {
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

/** A file that was opened before is neither downloaded nor opened again: its sha256 names its content. */
async function openFile(file: PublishedFile, ports: BaselinePorts): Promise<Found<BaselineFacts>> {
  const known = await recallFacts(file, ports.facts);
  if (known !== null) return { kind: 'found', value: known };
  const downloaded = await ports.registry.download(file);
  if (downloaded.kind === 'problem') return downloaded;
  const opened = await ports.builder.inspect(downloaded.value, file.filename);
  if (opened.kind === 'problem') return opened;
  const { metadata, provenance } = opened.value;
  const facts = { metadata: { ...metadata, description: '' }, provenance };
  await rememberFacts(file, facts, ports.facts);
  return { kind: 'found', value: facts };
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
