import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Found } from '@nx-pypi/release';

/** The absolute path of a file with certificate authorities (PEM), looked into before the first connection; undefined where none is set. */
export function caFileIn(root: string, caFile: string | undefined): Found<string | undefined> {
  if (caFile === undefined) return { kind: 'found', value: undefined };
  const path = resolve(root, caFile);
  try {
    if (readFileSync(path, 'utf8').includes('-----BEGIN ')) return { kind: 'found', value: path };
    return bad(`${path} holds no certificate (PEM)`);
  } catch (error) {
    return isMissing(error)
      ? bad(`there is no file of certificate authorities at ${path}`)
      : bad(`${path} cannot be read as a file of certificate authorities`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function bad(message: string): Found<never> {
  const hint = 'mend the option caFile of the registry; it is relative to the workspace';
  return { kind: 'problem', problem: { code: 'NXPYPI_BAD_OPTION', message, hint, where: 'nx.json' } };
}
