import type { Discovery } from '@nx-pypi/manifests';
import { PLAIN_DEPENDENTS, type ReleaseRequest } from '@nx-pypi/release';
import { parseSpecifierSet, parseVersion } from '@nx-pypi/standards';

/** What a dry run without options asks for: everything, from the registry's versions. */
export function plainRequest(discovery: Discovery): ReleaseRequest {
  const line = parseSpecifierSet('');
  const initialVersion = parseVersion('0.1.0');
  if (line === null || initialVersion === null) throw new Error('no line or version');
  return {
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
  };
}
