import type { PythonPackage, ReadText } from '@nx-pypi/manifests';

/**
 * Nx tags as project.json and package.json beside a manifest give them, by normalised name; for runs without Nx's graph.
 * Source: Nx docs, "Project Configuration", `tags`, and `nx.tags` in package.json.
 */
export function fileTags(
  packages: readonly PythonPackage[],
  readText: ReadText,
): ReadonlyMap<string, readonly string[]> {
  return new Map(packages.map((pkg) => [pkg.normalizedName, tagsIn(pkg.path, readText)]));
}

function tagsIn(folder: string, readText: ReadText): readonly string[] {
  const beside = (file: string): unknown => parsed(readText(folder === '.' ? file : `${folder}/${file}`));
  const tags = [property(beside('project.json'), 'tags'), property(property(beside('package.json'), 'nx'), 'tags')];
  return tags.flatMap((list) => (Array.isArray(list) ? list.filter((tag) => typeof tag === 'string') : []));
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null;
}
