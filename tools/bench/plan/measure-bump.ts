/** Works out the bump of a drawn monorepo and every edit of it, in memory. Argument: the number of packages. */
import { bumpEdits, planBump, publishableNames, type Reason, sceneOf, type Step } from '@nx-pypi/release';
import { parseVersion, type Version } from '@nx-pypi/standards';
import { reportWork } from '../run/measured-script.ts';
import { drawnDiscovery } from './drawn-discovery.ts';
import { memoryPorts } from './memory-ports.ts';
import { plainRequest } from './plain-request.ts';

const { discovery, readText } = drawnDiscovery(Number(process.argv[2]), '>=1,<2');
const request = plainRequest(discovery);
const { registry } = memoryPorts(discovery.packages);
const level: Step = { kind: 'level', level: 'major' };
const reasons: readonly Reason[] = [{ kind: 'asked', step: 'major' }];

await reportWork(async () => {
  const scene = sceneOf(discovery, request);
  const publishable = publishableNames(scene.graph, request);
  const plan = planBump({
    ...scene,
    publishable,
    states: await registry.read([...publishable]),
    asked: new Map([...publishable].map((name) => [name, reasons])),
    baseline: request.detect,
    versions: { ...request.versions, level },
  });
  const versions = new Map(plan.packages.flatMap(({ name, version }) => pair(name, parseVersion(version))));
  const packages = [...scene.graph.packages.values()];
  const { files, problems } = bumpEdits({
    packages,
    versions,
    ranges: plan.ranges,
    dependents: request.versions.dependents,
    readText,
  });
  return `${plan.packages.length} bumped, ${plan.ranges.length} ranges, ${files.length} files, ${problems.length + plan.problems.length} problems`;
});

function pair(name: string, version: Version | null): readonly (readonly [string, Version])[] {
  return version === null ? [] : [[name, version]];
}
