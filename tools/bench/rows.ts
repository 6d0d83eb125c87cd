import { buildGrowthRow, buildRows } from './build/build-row.ts';
import { digestGrowthRow } from './digest/digest-growth-row.ts';
import { graphGrowthRows, graphInNxRow, graphRows } from './graph/graph-rows.ts';
import { bumpGrowthRow, planGrowthRow, planRow } from './plan/plan-row.ts';
import { publishGrowthRow } from './publish/publish-growth-row.ts';
import { publishManyRow } from './publish/publish-many-row.ts';
import { publishRows } from './publish/publish-rows.ts';
import { uploadLargeRow } from './publish/upload-large-row.ts';
import { registryGrowthRow } from './registry/registry-growth-row.ts';
import { registryRow } from './registry/registry-row.ts';
import { detectForeignRow, detectRow } from './release/detect-rows.ts';
import { firstReleaseRow } from './release/first-release-row.ts';
import { bumpRow } from './release/bump-row.ts';
import { changedRow, unchangedGrowthRow } from './release/job-rows.ts';
import { nxRow } from './release/nx-row.ts';
import type { Row } from './row.ts';

/** Every row of the benchmark, in the order in which they run: the longest is the last. */
export const rows: readonly Row[] = [
  ...graphRows,
  ...graphGrowthRows,
  graphInNxRow,
  registryRow,
  registryGrowthRow,
  digestGrowthRow,
  planRow,
  planGrowthRow,
  detectRow,
  detectForeignRow,
  bumpRow,
  bumpGrowthRow,
  ...buildRows,
  buildGrowthRow,
  ...publishRows,
  publishGrowthRow,
  uploadLargeRow,
  changedRow,
  firstReleaseRow,
  unchangedGrowthRow,
  nxRow,
  publishManyRow,
];
