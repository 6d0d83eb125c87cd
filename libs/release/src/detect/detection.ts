import type { PythonPackage } from '@nx-pypi/manifests';
import type { ArtifactKind } from '../model/artifact.ts';
import type { Change } from '../model/change.ts';
import type { Provenance } from '../model/provenance.ts';
import type { PublishedVersion } from '../model/registry-state.ts';
import type { Builder, RegistryReader } from '../ports.ts';
import type { ChannelId } from '../policy/channel.ts';
import type { BaselinePolicy } from './baseline/baseline.ts';
import type { History } from './baseline/origin.ts';
import type { ShippedRange } from './baseline/shipped-ranges.ts';

/** What is known of one package before anything is planned. */
export interface Detection {
  readonly package: PythonPackage;
  readonly change: Change;
  /** Rule D2; null where it could not be made (then the change is `unknown`). */
  readonly digest: string | null;
  /** Versions of the registry, ascending; empty when absent or unknown. */
  readonly versions: readonly PublishedVersion[];
  /** What the baseline ships for internal dependencies, and what it says of its origin. */
  readonly shipped: readonly ShippedRange[];
  readonly provenance: Provenance | null;
  /** In a channel: what it holds already of today's sources. */
  readonly inChannel?: ChannelVersion;
}

/** The newest version of a channel above the final ones, where it was made from today's sources. */
export interface ChannelVersion {
  readonly published: PublishedVersion;
  readonly shipped: readonly ShippedRange[];
  /** Kinds of artifacts that it lacks (rule C4). */
  readonly missing: readonly ArtifactKind[];
}

/** What detection may ask of the world. Nothing here writes the tree or the registry. */
export interface DetectPorts {
  readonly registry: RegistryReader;
  readonly builder: Builder;
  readonly history: History;
  /** A new empty folder for a comparison build. */
  readonly scratch: (name: string) => Promise<string>;
  /** Comparisons that were made before; none are remembered when absent. */
  readonly verdicts?: ValueCache;
  /** What released files said when they were opened; all are downloaded and opened when absent. */
  readonly facts?: ValueCache;
}

/** Keeps JSON values of this machine by a text of any length; losing one costs time. */
export interface ValueCache {
  readonly read: (key: string) => Promise<unknown>;
  readonly write: (key: string, value: unknown) => Promise<void>;
}

export interface DetectPolicy extends BaselinePolicy {
  /** Skip the quick check by digest (rule D3). */
  readonly deep: boolean;
  readonly releaseDev: boolean;
  /** `manifest`: never choose a version (rule G8). */
  readonly versions: 'registry' | 'manifest';
  /** Rule C3: the packages are compared for a channel. */
  readonly channel?: ChannelId;
  /** All normalised names of the workspace. */
  readonly names: ReadonlySet<string>;
}
