import picomatch from 'picomatch';
import type { NxPypiOptions } from '../options.ts';

/** The plugin's entry in nx.json. */
export interface PluginEntry {
  readonly options: NxPypiOptions;
  /** Whether the entry's `include` and `exclude` let a manifest take part; Nx filters the same way for the graph. */
  readonly takes: (file: string) => boolean;
}

/** What this function reads of nx.json. */
export interface NxJsonWithPlugins {
  readonly plugins?: readonly (
    | string
    | {
        readonly plugin: string;
        readonly options?: unknown;
        readonly include?: readonly string[];
        readonly exclude?: readonly string[];
      }
  )[];
  readonly defaultBase?: string;
}

/** The first entry of this plugin; without one, an entry without options. */
export function pluginEntry(nxJson: NxJsonWithPlugins | null): PluginEntry {
  const entry = nxJson?.plugins?.find((candidate) =>
    isThisPlugin(typeof candidate === 'string' ? candidate : candidate.plugin),
  );
  if (entry === undefined || typeof entry === 'string') return { options: {}, takes: () => true };
  const include =
    entry.include === undefined || entry.include.length === 0 ? () => true : picomatch([...entry.include]);
  const exclude =
    entry.exclude === undefined || entry.exclude.length === 0 ? () => false : picomatch([...entry.exclude]);
  const options = typeof entry.options === 'object' && entry.options !== null ? (entry.options as NxPypiOptions) : {};
  return { options, takes: (file) => include(file) && !exclude(file) };
}

/** By package name, or by a path to the package's folder (a plugin that is loaded from disk). */
export function isThisPlugin(plugin: string): boolean {
  return plugin === 'nx-pypi' || /(^|\/)nx-pypi(\/|$)/.test(plugin);
}
