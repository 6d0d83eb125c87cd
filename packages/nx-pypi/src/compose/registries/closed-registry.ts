import type { Problem } from '@nx-pypi/manifests';
import type { RegistryReader, Uploader } from '@nx-pypi/release';

/** A registry that cannot be asked: everything about its packages is unknown, for this reason. */
export function closedRegistry(problem: Problem): RegistryReader & Uploader {
  return {
    read: async (names) => new Map(names.map((name) => [name, { kind: 'unknown', problem }])),
    readFresh: async () => ({ kind: 'unknown', problem }),
    download: async () => ({ kind: 'problem', problem }),
    prove: async () => problem,
    upload: async ({ artifact }) => ({ kind: 'rejected', filename: artifact.filename, problem, runWide: false }),
    verify: async () => ({ kind: 'timed-out', problem }),
  };
}
