import { discoverPackages } from '@nx-pypi/manifests';
import { buildGraph, publishableNames } from '@nx-pypi/release';
import { cacheFolder, listWorkspaceFiles, readWorkspaceText } from '@nx-pypi/workspace';
import { connect, type Connection } from '../compose/registries/connect.ts';
import { fileTags } from '../compose/request/file-tags.ts';
import type { RunContext } from '../compose/open-run.ts';
import { PRODUCT } from '../compose/product.ts';
import { routeOf } from '../compose/registries/route.ts';
import { examineEdges } from './examine-edges.ts';
import { examineNames } from './examine-names.ts';
import { examineOptions, examineRoutes } from './examine-options.ts';
import { examineRegistry, topicOf } from './examine-registry.ts';
import { examineTools } from './examine-tools.ts';
import { manifestFinding, problemFinding, type Finding } from './finding.ts';

/** Looks at everything that a release needs: options, tools, registries and, where an index is given, names. Stores nothing. */
export async function examine(context: RunContext, publicIndex: string | null): Promise<readonly Finding[]> {
  const { root, env, plugin } = context;
  const { options } = plugin;
  const readText = readWorkspaceText(root);
  const files = (await listWorkspaceFiles(root)).filter((file) => plugin.takes(file));
  const { packages, problems } = discoverPackages(files, readText);
  const names = packages.map((pkg) => pkg.normalizedName);
  const tags = fileTags(packages, readText);
  const found = [...examineOptions(root)];
  const manifests = problems.map(manifestFinding);
  const sound = found.every(({ grade }) => grade !== 'wrong');
  const tools = await examineTools(root, env, options.python ?? 'python3');
  if (!sound) return [...found, ...manifests, ...tools];
  const routes = options.registries ?? {};
  const graph = buildGraph(packages);
  found.push(...examineRoutes(routes, names, tags), ...manifests, ...examineEdges(graph, routes, tags), ...tools);
  const connected = await connect({
    ...context,
    options,
    packages: names,
    tags,
    cacheDir: cacheFolder(root),
    userAgent: PRODUCT,
  });
  if (connected.kind === 'problem') return [...found, problemFinding(topicOf(null), connected.problem)];
  const connection = connected.value;
  try {
    const forwarding = new Set<string | null>();
    for (const open of connection.opened) {
      const { findings, forwards } = await examineRegistry(open);
      found.push(...findings);
      if (forwards) forwarding.add(open.name);
    }
    found.push(...unopened(connection), ...misrouted(names, tags, routes));
    if (publicIndex === null) return found;
    const selection = { include: options.publish?.include ?? [], exclude: options.publish?.exclude ?? [] };
    const looked = await examineNames({
      indexUrl: publicIndex,
      names: [...publishableNames(graph, { publish: selection, tags })].toSorted(),
      registry: connection.registry,
      forwards: (name) => {
        const route = routeOf(name, tags.get(name), routes);
        return route.kind === 'found' && forwarding.has(route.value);
      },
      userAgent: PRODUCT,
      env,
    });
    return [...found, ...looked];
  } finally {
    await connection.close();
  }
}

function unopened(connection: Connection): readonly Finding[] {
  return [...connection.unopened].map(([name, problem]) => problemFinding(topicOf(name), problem));
}

/** Packages that no registry gets. */
function misrouted(
  names: readonly string[],
  tags: ReadonlyMap<string, readonly string[]>,
  routes: Parameters<typeof routeOf>[2],
): readonly Finding[] {
  return names.flatMap((name) => {
    const route = routeOf(name, tags.get(name), routes);
    return route.kind === 'problem' ? [problemFinding('options', route.problem)] : [];
  });
}
