import type { Problem, PythonPackage } from '@nx-pypi/manifests';
import { isPreRelease } from '@nx-pypi/standards';
import { missingArtifacts } from '../detect/baseline/missing-artifacts.ts';
import type { PublishedFile, PublishedVersion } from '../model/registry-state.ts';
import type { RegistryReader, Uploader } from '../ports.ts';

/** A file that the indexes show and serve. */
export interface VerifiedFile {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
}

export interface VerifyScope {
  /** Not only the newest version of each package. */
  readonly allVersions: boolean;
  /** By name: what is here of them. */
  readonly packages: ReadonlyMap<string, PythonPackage>;
}

/** Rule G7, later and for everything: each file is shown by every index that is read, with one digest, and served. */
export async function verifyReleased(
  names: readonly string[],
  { allVersions, packages }: VerifyScope,
  ports: { readonly registry: RegistryReader; readonly uploader: Pick<Uploader, 'verify'> },
): Promise<{ readonly files: readonly VerifiedFile[]; readonly problems: readonly Problem[] }> {
  const files: VerifiedFile[] = [];
  const problems: Problem[] = [];
  const states = await ports.registry.read(names);
  const verify = async (name: string, version: PublishedVersion, file: PublishedFile): Promise<void> => {
    const { filename, sha256, size } = file;
    if (sha256 === null) problems.push(withoutDigest(name, filename));
    else {
      const seen = await ports.uploader.verify({ name, filename, sha256, size });
      if (seen.kind === 'visible') files.push({ name, version: version.text, filename });
      else problems.push(seen.problem);
    }
  };
  for (const name of names.toSorted()) {
    const state = states.get(name);
    if (state?.kind === 'unknown') problems.push(state.problem);
    if (state?.kind !== 'published') continue;
    problems.push(...state.problems);
    const versions = allVersions ? state.versions : newestOf(state.versions);
    for (const version of versions) {
      for (const kind of missingArtifacts(version, packages.get(name) ?? null))
        problems.push(incomplete(name, version.text, kind));
      await Promise.all(version.files.map((file) => verify(name, version, file)));
    }
  }
  return { files: files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)), problems };
}

function newestOf(versions: readonly PublishedVersion[]): readonly PublishedVersion[] {
  const kept = versions.filter((version) => !version.yanked);
  const newest = kept.findLast(({ version }) => !isPreRelease(version)) ?? kept.at(-1);
  return newest === undefined ? [] : [newest];
}

function withoutDigest(name: string, filename: string): Problem {
  return {
    code: 'NXPYPI_NO_DIGEST',
    message: `the index shows ${filename} of ${name} without a sha256`,
    hint: 'release the next version: installers can not check this file, and some refuse it',
  };
}

function incomplete(name: string, version: string, kind: string): Problem {
  return {
    code: 'NXPYPI_INCOMPLETE',
    message: `${name} ${version} lacks its ${kind}`,
    hint: `publish again from the commit that it was released from, which adds it: nx-pypi history ${name} names it`,
  };
}
