import { badParameters, type Refusal } from '../http/refusal.ts';

/** The parameters of the package lists, checked and with their defaults. */
export interface ListParameters {
  readonly packageType: string | null;
  readonly packageName: string | null;
  readonly packageVersion: string | null;
  readonly status: string | null;
  readonly orderBy: OrderBy;
  readonly sort: 'asc' | 'desc';
  readonly excludeSubgroups: boolean;
  readonly page: number;
  readonly perPage: number;
}

export type OrderBy = 'created_at' | 'name' | 'version' | 'type' | 'project_path';

/** A request's query, by name. */
export type Query = ReadonlyMap<string, string>;

const packageTypes =
  'maven npm conan nuget pypi composer generic golang debian rubygems helm terraform_module rpm ml_model cargo'.split(
    ' ',
  );
const statuses = 'default hidden processing error pending_destruction deprecated'.split(' ');

/** `orders`: groups may also be ordered by `project_path`. */
export function parseListParameters(
  query: Query,
  orders: readonly OrderBy[],
):
  | { readonly kind: 'parsed'; readonly parameters: ListParameters }
  | { readonly kind: 'refused'; readonly refusal: Refusal } {
  const reasons = [
    ...notOneOf(query, 'package_type', packageTypes),
    ...notOneOf(query, 'status', statuses),
    ...notOneOf(query, 'order_by', orders),
    ...notOneOf(query, 'sort', ['asc', 'desc']),
    ...notCounting(query),
  ];
  if (reasons.length > 0) return { kind: 'refused', refusal: badParameters(reasons) };
  return {
    kind: 'parsed',
    parameters: {
      packageType: query.get('package_type') ?? null,
      packageName: query.get('package_name') ?? null,
      packageVersion: query.get('package_version') ?? null,
      status: query.get('status') ?? null,
      orderBy: orders.find((order) => order === query.get('order_by')) ?? 'created_at',
      sort: query.get('sort') === 'desc' ? 'desc' : 'asc',
      excludeSubgroups: query.get('exclude_subgroups') === 'true',
      ...parsePaging(query),
    },
  };
}

/** GitLab page "REST API", pagination: 20 by default, never more than 100. Call it where `notCounting` found nothing. */
export function parsePaging(query: Query): { readonly page: number; readonly perPage: number } {
  return {
    page: Math.max(1, Number(query.get('page') ?? 1)),
    perPage: Math.min(100, Number(query.get('per_page') ?? 20)),
  };
}

/** Why `page` and `per_page` cannot be used, as Grape says it. */
export function notCounting(query: Query): readonly string[] {
  return ['page', 'per_page'].flatMap((name) => {
    const value = query.get(name) ?? '1';
    if (!/^\d+$/.test(value)) return [`${name} is invalid`];
    return name === 'per_page' && Number(value) === 0 ? [`${name} has a value not allowed`] : [];
  });
}

function notOneOf(query: Query, name: string, allowed: readonly string[]): readonly string[] {
  const value = query.get(name);
  return value === undefined || allowed.includes(value) ? [] : [`${name} does not have a valid value`];
}
