import { join } from 'node:path';
import type { PackageSpec } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends, poetryOnly } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { writeMonorepo } from '../monorepo/write-monorepo.ts';
import type { Settings } from '../row.ts';
import { installPeers, linkPeers } from './peers.ts';

/** nx-pypi finds the packages itself; the other two are given a project.json per package, which their users write or generate. */
export const contestants = [
  { side: 'nx-pypi', folder: 'poetry-nx-pypi', plugin: 'nx-pypi', backends: poetryOnly },
  { side: 'nx-pypi, five backends', folder: 'mixed-nx-pypi', plugin: 'nx-pypi', backends: mixedBackends },
  { side: '@nxlv/python', folder: 'poetry-nxlv', plugin: '@nxlv/python', backends: poetryOnly },
  { side: 'no plugin', folder: 'poetry-plain', plugin: null, backends: poetryOnly },
] as const;

export type Contestant = (typeof contestants)[number];

export interface Workspace {
  readonly root: string;
  readonly packages: readonly PackageSpec[];
}

/** Those of this run: several rows measure the same ones. */
const workspaces = new Map<string, Workspace>();

/** The workspace of a contestant with so many packages, written once in a run. */
export async function written(
  settings: Settings,
  { folder, plugin, backends }: Contestant,
  size: number,
): Promise<Workspace> {
  const root = join(settings.folder, 'workspaces', `${folder}-${size}`);
  const known = workspaces.get(root);
  if (known !== undefined) return known;
  const installed = await installPeers(settings.folder);
  const packages = drawPackages(usualShape(size), backends);
  const plugins = plugin === null ? [] : [{ plugin, options: {} }];
  writeMonorepo(root, packages, {
    nxJson: { plugins, analytics: false, neverConnectToCloud: true },
    projectFiles: plugin !== 'nx-pypi',
  });
  linkPeers(root, installed);
  workspaces.set(root, { root, packages });
  return { root, packages };
}
