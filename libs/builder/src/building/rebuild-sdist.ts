import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverPackages, type PythonPackage } from '@nx-pypi/manifests';
import type { BuildOutcome, BuildRequest, RebuildRequest } from '@nx-pypi/release';
import { normalizeName } from '@nx-pypi/standards';
import { readWorkspaceText, walkFiles } from '@nx-pypi/workspace';
import { unpackSdist } from '../artifacts/unpack-sdist.ts';
import { markBoundary } from '../staging/make-work-tree.ts';
import { collectArtifacts } from './collect-artifacts.ts';
import { failed } from './problems.ts';
import { runBuild } from './run-build.ts';
import { inRoom } from './room.ts';
import type { Workshop } from './workshop.ts';

/** Rule D6: the sources of a released version, built as they are with the tools of today. Never rejects for their cause. */
export function rebuildSdist(workshop: Workshop, request: RebuildRequest): Promise<BuildOutcome> {
  return inRoom(async (room) => {
    const stage = join(room, 'stage');
    await mkdir(stage);
    const refused = await unpackSdist(request.sdist, request.filename, stage);
    if (refused !== null) return failed(refused);
    const pkg = await packageIn(stage, request.package);
    await markBoundary(stage);
    const build: BuildRequest = { ...request, package: pkg, constraints: [], provenance: null };
    const run = await runBuild(workshop, build, { room, fresh: false });
    if (run.problem !== null) return failed(run.problem, run.log);
    const artifacts = await collectArtifacts(build, join(room, 'out'), workshop.notice);
    return artifacts.kind === 'found'
      ? { kind: 'built', artifacts: artifacts.value }
      : failed(artifacts.problem, run.log);
  });
}

/** Today's package with what the sdist says of its own build; one backend in common means one environment. */
async function packageIn(stage: string, today: PythonPackage): Promise<PythonPackage> {
  const { packages } = discoverPackages(await walkFiles(stage), readWorkspaceText(stage));
  const then = packages.find(({ path }) => path === '.');
  if (then === undefined) return { ...today, path: '.' };
  const { backend, backendPath } = then;
  const buildRequires = sharesEnvironment(today, then) ? today.buildRequires : then.buildRequires;
  return { ...today, path: '.', manifest: then.manifest, backend, backendPath, buildRequires };
}

function sharesEnvironment(today: PythonPackage, then: PythonPackage): boolean {
  const family = (backend: string): string => backend.split(/[.:]/)[0] ?? '';
  const installed = new Set(today.buildRequires.map(requiredName));
  return (
    family(today.backend) === family(then.backend) &&
    then.buildRequires.every((one) => installed.has(requiredName(one)))
  );
}

function requiredName(requirement: string): string {
  return normalizeName(/^\s*[\w.-]+/.exec(requirement)?.[0]?.trim() ?? '');
}
