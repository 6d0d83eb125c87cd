import { graphInNxRow, graphInProcessRow } from './graph/graph-rows.ts';
import type { Row } from './row.ts';

/** Every row of the benchmark, in the order in which they run. */
export const rows: readonly Row[] = [graphInProcessRow, graphInNxRow];
