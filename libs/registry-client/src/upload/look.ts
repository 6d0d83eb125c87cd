import type { Problem } from '@nx-pypi/manifests';
import type { PublishedFile, RegistryState, UploadOutcome, UploadRequest } from '@nx-pypi/release';
import { printableUrl } from '../target/origin.ts';
import { isRunWide } from './run-wide.ts';

/** What the index shows under a file name. */
export type Look =
  | { readonly kind: 'free' }
  | { readonly kind: 'there'; readonly file: PublishedFile }
  | { readonly kind: 'unknown'; readonly problem: Problem };

export function lookFor(filename: string, state: RegistryState): Look {
  if (state.kind === 'unknown') return state;
  if (state.kind === 'absent') return { kind: 'free' };
  const file = state.versions.flatMap(({ files }) => files).find((each) => each.filename === filename);
  return file === undefined ? { kind: 'free' } : { kind: 'there', file };
}

/** What it means that the file name is in use (G4): nothing is overwritten, equal content is fine. */
export async function settle(request: UploadRequest, theirs: PublishedFile): Promise<UploadOutcome> {
  const { filename, sha256 } = request.artifact;
  if (theirs.sha256 === sha256) return { kind: 'already-there', filename, sha256, same: 'bytes' };
  const same = await request.sameContent(theirs);
  if (same.kind === 'problem') return rejected(filename, same.problem);
  if (same.value) return { kind: 'already-there', filename, sha256: theirs.sha256 ?? '', same: 'content' };
  const theirHash = theirs.sha256 ?? 'unknown';
  return {
    kind: 'conflict',
    filename,
    ours: sha256,
    theirs: theirHash,
    problem: {
      code: 'NXPYPI_CONFLICT',
      message: `${filename} is in the registry with other content: ours has the sha256 ${sha256}, theirs ${theirHash}.`,
      hint: 'Release the next version: nothing that was published is overwritten or deleted.',
      where: printableUrl(theirs.url),
    },
  };
}

export function rejected(
  filename: string,
  problem: Problem,
  runWide: boolean = isRunWide(problem.code),
): UploadOutcome {
  return { kind: 'rejected', filename, problem, runWide };
}

/** The file on disk is not what was checked. */
export function artifactChanged(filename: string): Problem {
  return {
    code: 'NXPYPI_ARTIFACT_CHANGED',
    message: `${filename} is not the file any more that was built and checked.`,
    hint: 'Build again; no other process may write to the folder of the artifacts.',
  };
}
