import { formatVersion, normalizeName, parseVersion } from '@nx-pypi/standards';
import type { Answer, Exchange } from '../http/exchange.ts';
import { packagesRequest } from '../prove/ask-gitlab.ts';
import type { RegistryTarget } from '../target/registry-target.ts';

/** The versions that a project has of each package, by normalised name; PEP 440 texts in their canonical form. */
export type PackageList = ReadonlyMap<string, ReadonlySet<string>>;

const perPage = 100;
const maxBytes = 20_000_000;
/** It saves requests, and is not worth waiting long for; milliseconds. */
const patienceMs = 10_000;

/**
 * The project's list of packages by GitLab's REST API; null where it is not to be had, is not surely complete, or has more pages
 * than it is worth. One try, and no problem: a deploy token or a job without the permission gets none, above 10,000 rows GitLab
 * does not tell how many there are, and rows that come or go meanwhile can move others to another page.
 * Source: GitLab docs, "Packages API" and "REST API", "Offset-based pagination".
 */
export async function listPackages(
  exchange: Exchange,
  target: RegistryTarget,
  mostPages: number,
): Promise<PackageList | null> {
  const first = await askPage(exchange, target, 1);
  if (first === null) return null;
  const pages = Math.max(1, Math.ceil(first.total / perPage));
  if (pages > mostPages) return null;
  const others = Array.from({ length: pages - 1 }, async (_, index) => askPage(exchange, target, index + 2));
  return joined([first, ...(await Promise.all(others))]);
}

interface ListPage {
  /** Rows of the whole list. */
  readonly total: number;
  readonly rows: readonly Row[];
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly version: string;
}

async function askPage(exchange: Exchange, target: RegistryTarget, page: number): Promise<ListPage | null> {
  const query = `package_type=pypi&order_by=created_at&sort=asc&per_page=${perPage}&page=${page}`;
  const asked = await exchange.once({ ...packagesRequest(exchange, target, query), patienceMs }, maxBytes);
  return asked.kind === 'answer' && asked.answer.status === 200 ? readPage(asked.answer) : null;
}

function readPage({ headers, text }: Answer): ListPage | null {
  const total = headers['x-total'];
  const items = parsed(text);
  if (total === undefined || !/^\d{1,9}$/.test(total) || !Array.isArray(items)) return null;
  const rows = (items as readonly unknown[]).filter(isRow);
  return rows.length === items.length ? { total: Number(total), rows } : null;
}

/** Null unless all pages are there, agree on the length of the list, and hold that many different rows. */
function joined(pages: readonly (ListPage | null)[]): PackageList | null {
  const whole = pages.filter((page) => page !== null);
  const rows = new Map(whole.flatMap((page) => page.rows).map((row) => [row.id, row] as const));
  if (whole.length < pages.length || whole.some(({ total }) => total !== rows.size)) return null;
  const list = new Map<string, Set<string>>();
  for (const { name, version } of rows.values()) {
    const key = normalizeName(name);
    const versions = list.get(key) ?? new Set<string>();
    const known = parseVersion(version);
    versions.add(known === null ? version : formatVersion(known));
    list.set(key, versions);
  }
  return list;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, version } = value as Record<string, unknown>;
  return typeof id === 'number' && typeof name === 'string' && typeof version === 'string';
}
