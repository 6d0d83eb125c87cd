/** The Nx plugin: what nx.json's `plugins` loads. Kept light, since every Nx command loads it. */
export { createDependencies } from './graph/create-dependencies.ts';
export { createNodes, createNodes as createNodesV2 } from './graph/create-nodes.ts';
export type {
  DependentsOption,
  EdgeOption,
  GitLabRegistryOption,
  IndexRegistryOption,
  LevelOption,
  NxPypiOptions,
  RegistryOption,
} from './options.ts';

export const name = 'nx-pypi';
