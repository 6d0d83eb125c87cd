import type { RouteKind } from '../faults/fault.ts';

const scope = String.raw`/api/v4/(?:projects/[^/]+|groups/[^/]+/-)/packages/pypi`;
const patterns: readonly (readonly [RouteKind, RegExp])[] = [
  ['index', new RegExp(`${scope}/simple/?$`)],
  ['page', new RegExp(`${scope}/simple/.`)],
  ['download', new RegExp(`${scope}/files/`)],
  ['rest', /\/api\/v4\/(?:projects|groups)\/[^/]+\/packages(?:\/|$)/],
];

/** The kind of route that a request goes to; null for what is none of GitLab's package routes. `path` without a query. */
export function routeKind(method: string, path: string): RouteKind | null {
  if (method === 'POST' && /\/packages\/pypi(?:\/authorize)?\/?$/.test(path)) return 'upload';
  return patterns.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}

/** GitLab's throttle for package routes (`rack_attack/request.rb`): the REST lists are not under it. */
export function isThrottled(path: string): boolean {
  return /\/api\/v\d+\/(?:projects\/[^/]+\/|groups?\/[^/]+\/-\/)?packages\/[A-Za-z]+/.test(path);
}
