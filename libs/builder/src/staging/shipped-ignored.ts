import { posix } from 'node:path';
import picomatch from 'picomatch';

/** Never part of a package, whatever a pattern says. */
const CACHES = /(?:^|\/)(?:__pycache__|\.git|\.venv|\.nx|\.tox|node_modules|[^/]+\.egg-info)(?:\/|$)|\.py[co]$/;

/**
 * Of files that git ignores, those that a pattern of the manifest ships. Patterns are relative to the package; one without a
 * slash may match at any depth (hatch's are gitignore patterns, setuptools' are relative to an import package).
 */
export function shippedIgnored(
  folder: string,
  patterns: readonly string[],
  ignored: readonly string[],
): readonly string[] {
  if (ignored.length === 0) return [];
  const matchers = patterns.flatMap(variants).map((pattern) => picomatch(pattern, { dot: true }));
  return ignored.filter((path) => {
    const inside = posix.relative(folder, path);
    return !CACHES.test(inside) && matchers.some((matches) => matches(inside));
  });
}

function variants(written: string): readonly string[] {
  const pattern = posix.normalize(written.replace(/^\/+/, '')).replace(/\/+$/, '');
  if (pattern === '.' || pattern.startsWith('!') || pattern.startsWith('..')) return [];
  return [pattern, `${pattern}/**`, `**/${pattern}`];
}
