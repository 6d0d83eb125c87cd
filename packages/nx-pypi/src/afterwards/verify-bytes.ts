import type { Problem } from '@nx-pypi/manifests';
import type { Uploader } from '@nx-pypi/release';
import type { Registry } from '../compose/registries/routed-registries.ts';

/** Rule G7, `--verify=bytes`: what the index shows is downloaded too, and accepted by its sha256 alone. */
export function verifyingBytes(registry: Registry): Uploader {
  return {
    prove: async (names) => registry.prove(names),
    upload: async (request) => registry.upload(request),
    verify: async (request) => {
      const shown = await registry.verify(request);
      if (shown.kind !== 'visible') return shown;
      const state = await registry.readFresh(request.name);
      if (state.kind === 'unknown') return { kind: 'timed-out', problem: state.problem };
      const versions = state.kind === 'published' ? state.versions : [];
      const file = versions.flatMap(({ files }) => files).find(({ filename }) => filename === request.filename);
      if (file === undefined) return { kind: 'timed-out', problem: gone(request.filename) };
      const downloaded = await registry.download(file);
      return downloaded.kind === 'found' ? shown : { kind: 'mismatch', problem: downloaded.problem };
    },
  };
}

function gone(filename: string): Problem {
  return {
    code: 'NXPYPI_FILE_GONE',
    message: `the index showed ${filename} and shows it no more`,
    hint: 'ask whoever keeps the registry whether it is cleaned up, and run again',
  };
}
