/**
 * Loads one Nx plugin, calls its createNodes (when it has one) and createDependencies for a workspace in this process, and prints
 * `{ milliseconds, cpu, packages, edges }`. Nx itself is loaded before the clock starts: every plugin needs it.
 * Arguments: the workspace's root, the plugin's name, and JSON with { manifests, projects } relative to the root.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [workspaceRoot, name, inputFile] = process.argv.slice(2);
const { manifests, projects: written } = JSON.parse(readFileSync(inputFile, 'utf8'));
const nxJsonConfiguration = JSON.parse(readFileSync(join(workspaceRoot, 'nx.json'), 'utf8'));
const require = createRequire(join(workspaceRoot, 'package.json'));
process.chdir(workspaceRoot);
require('@nx/devkit');

const before = process.cpuUsage();
const start = performance.now();
const loaded = await import(pathToFileURL(require.resolve(name)).href);
const plugin = loaded.createDependencies === undefined ? loaded.default : loaded;
const projects = plugin.createNodes === undefined ? written : await inferred(plugin.createNodes);
const files = { projectFileMap: {}, nonProjectFiles: [] };
const dependencies = await plugin.createDependencies(
  {},
  { projects, externalNodes: {}, nxJsonConfiguration, fileMap: files, filesToProcess: files, workspaceRoot },
);
const milliseconds = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const cpu = (user + system) / 1000;

const edges = new Set(dependencies.map(({ source, target }) => `${source} ${target}`)).size;
console.log(JSON.stringify({ milliseconds, cpu, packages: Object.keys(projects).length, edges }));

/** Projects by name, as Nx would merge them: by root, the name from the plugin. */
async function inferred([, createNodes]) {
  const results = await createNodes(manifests, {}, { nxJsonConfiguration, workspaceRoot, configFiles: manifests });
  const all = results.flatMap(([, result]) => Object.entries(result.projects ?? {}));
  return Object.fromEntries(all.map(([root, project]) => [project.name ?? root, { ...project, root }]));
}
