/** Plans the release of a drawn monorepo in memory. Argument: the number of packages. */
import { planRun } from '@nx-pypi/release';
import { reportWork } from '../run/measured-script.ts';
import { drawnDiscovery } from './drawn-discovery.ts';
import { memoryPorts } from './memory-ports.ts';
import { plainRequest } from './plain-request.ts';

const { discovery } = drawnDiscovery(Number(process.argv[2]));
const request = plainRequest(discovery);

await reportWork(async () => {
  const { plan, detections } = await planRun(request, memoryPorts(discovery.packages));
  return `${detections.size} detected, ${plan.releases.length} to release`;
});
