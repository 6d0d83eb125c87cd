/** Plans the release of a drawn monorepo in memory. Argument: the number of packages. */
import { discoverPackages, manifestFileNames } from '@nx-pypi/manifests';
import { PLAIN_DEPENDENTS, planRun, type ReleasePlan, type ReleaseRequest } from '@nx-pypi/release';
import { parseSpecifierSet, parseVersion } from '@nx-pypi/standards';
import { pythonWorkspace } from '@nx-pypi/testkit';
import { drawPackages, mixedBackends } from '../monorepo/packages.ts';
import { usualShape } from '../monorepo/shape.ts';
import { reportWork } from '../run/measured-script.ts';
import { memoryPorts } from './memory-ports.ts';

const files = pythonWorkspace(drawPackages(usualShape(Number(process.argv[2])), mixedBackends));
const manifests = Object.keys(files).filter((path) => manifestFileNames.some((name) => path.endsWith(name)));
const discovery = discoverPackages(manifests, (path) => files[path]);
const line = parseSpecifierSet('');
const initialVersion = parseVersion('0.1.0');
if (line === null || initialVersion === null) throw new Error('no line or version');

const request = {
  discovery,
  checkout: { repository: '', revision: '', ref: 'main', pipeline: '', dirtyPaths: [] },
  publish: { include: [], exclude: [] },
  tags: new Map(),
  select: 'all',
  lockstep: new Map(),
  detect: { line, unavailable: new Set(), deep: false, releaseDev: false, versions: 'registry' },
  versions: {
    level: null,
    defaultLevel: 'patch',
    levels: new Map(),
    initialVersion,
    releaseDev: false,
    firstPre: 1n,
    line,
    followRanges: true,
    dependents: PLAIN_DEPENDENTS,
    committed: false,
    writes: false,
  },
  surroundings: {
    loopback: true,
    ci: false,
    local: true,
    branch: 'main',
    releaseBranches: [],
    defaultBranch: 'main',
    allowDirty: false,
    dirtyPaths: [],
    newPackages: 'allow',
    newNames: [],
  },
  concurrency: 8,
  tool: 'bench',
  dryRun: true,
  allOrNothing: false,
  promised: new Set(),
} satisfies ReleaseRequest;

await reportWork(async () => {
  const { plan, detections } = await planRun(request, memoryPorts(discovery.packages));
  return outcomeOf(plan, detections.size);
});

function outcomeOf(plan: ReleasePlan, detected: number): string {
  return `${detected} detected, ${plan.releases.length} to release`;
}
