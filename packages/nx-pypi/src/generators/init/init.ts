import { formatFiles, readNxJson, updateNxJson, type Tree } from '@nx/devkit';

/** `nx add nx-pypi`: registers the plugin. A workspace that has it stays as it is. */
export default async function init(tree: Tree): Promise<void> {
  const nxJson = readNxJson(tree) ?? {};
  const plugins = nxJson.plugins ?? [];
  const isThere = plugins.some((entry) => (typeof entry === 'string' ? entry : entry.plugin) === 'nx-pypi');
  if (isThere) return;
  updateNxJson(tree, { ...nxJson, plugins: [...plugins, { plugin: 'nx-pypi', options: {} }] });
  await formatFiles(tree);
}
