import { graphGrowthRow, graphInNxRow, graphRows } from './graph/graph-rows.ts';
import { registryRow } from './registry/registry-row.ts';
import type { Row } from './row.ts';

/** Every row of the benchmark, in the order in which they run. */
export const rows: readonly Row[] = [...graphRows, graphGrowthRow, graphInNxRow, registryRow];
