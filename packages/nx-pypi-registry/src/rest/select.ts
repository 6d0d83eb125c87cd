import type { PackageRow } from '../storage/catalog.ts';
import type { ListParameters, OrderBy } from './parameters.ts';

/** The rows that a list shows, in its order, before paging. `pathOf` gives the full path of a row's project. */
export function selectRows(
  rows: readonly PackageRow[],
  parameters: ListParameters,
  pathOf: (row: PackageRow) => string,
): readonly PackageRow[] {
  const { packageType, packageName, packageVersion, status, orderBy, sort } = parameters;
  if (packageType !== null && packageType !== 'pypi') return [];
  // Every upload is at once in the state `default`; what is pending destruction is not kept.
  if (status !== null && status !== 'default') return [];
  const wanted = packageName?.toLowerCase() ?? '';
  const direction = sort === 'asc' ? 1 : -1;
  return rows
    .filter((row) => row.name.toLowerCase().includes(wanted))
    .filter((row) => packageVersion === null || row.version === packageVersion)
    .sort((a, b) => direction * (compare(keyOf(a, orderBy, pathOf), keyOf(b, orderBy, pathOf)) || a.id - b.id));
}

/** Versions are ordered as text: 1.10.0 stands before 1.9.0. */
function keyOf(row: PackageRow, orderBy: OrderBy, pathOf: (row: PackageRow) => string): string {
  if (orderBy === 'name') return row.name;
  if (orderBy === 'version') return row.version;
  if (orderBy === 'project_path') return pathOf(row);
  return orderBy === 'type' ? 'pypi' : row.createdAt;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
