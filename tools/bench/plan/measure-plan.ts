/** Plans the release of a drawn monorepo in memory. Arguments: the number of packages; `alone` when detection is not measured. */
import { detectRun, planDetected, planRun } from '@nx-pypi/release';
import { reportWork } from '../run/measured-script.ts';
import { drawnDiscovery } from './drawn-discovery.ts';
import { memoryPorts } from './memory-ports.ts';
import { plainRequest } from './plain-request.ts';

const { discovery } = drawnDiscovery(Number(process.argv[2]));
const request = plainRequest(discovery);
const ports = memoryPorts(discovery.packages);
const detected = process.argv[3] === 'alone' ? await detectRun(request, ports) : null;

await reportWork(async () => {
  const { plan, detections } = detected === null ? await planRun(request, ports) : planDetected(request, detected);
  return `${detections.size} detected, ${plan.releases.length} to release`;
});
