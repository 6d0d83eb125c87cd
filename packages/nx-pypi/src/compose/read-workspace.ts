import { discoverPackages, type Discovery, type ReadText } from '@nx-pypi/manifests';
import type { Checkout, Found } from '@nx-pypi/release';
import { listWorkspaceFiles, readCheckout, readWorkspaceText } from '@nx-pypi/workspace';
import type { PluginEntry } from '../options/plugin-entry.ts';
import { completeWrites } from './complete-writes.ts';

/** What a run knows of the working tree before it asks the registry. */
export interface Workspace {
  readonly checkout: Checkout;
  readonly discovery: Discovery;
  readonly readText: ReadText;
}

export interface Place {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly plugin: PluginEntry;
  readonly say: (line: string) => void;
}

/** Completes what an interrupted command left half written, and finds the packages. For thousands of them that takes seconds: once per run. */
export async function readWorkspace({ root, env, plugin, say }: Place): Promise<Found<Workspace>> {
  const halfWritten = await completeWrites(root, say);
  if (halfWritten !== null) return { kind: 'problem', problem: halfWritten };
  const checkout = await readCheckout(root, env);
  if (checkout.kind === 'problem') return checkout;
  const files = (await listWorkspaceFiles(root)).filter((file) => plugin.takes(file));
  const readText = readWorkspaceText(root);
  const discovery = discoverPackages(files, readText);
  return { kind: 'found', value: { checkout: checkout.value, discovery, readText } };
}
