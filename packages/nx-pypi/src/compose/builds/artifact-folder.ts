import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import {
  ARTIFACT_LIST,
  parseArtifactList,
  type Artifact,
  type ArtifactFolder,
  type ArtifactList,
  type Builder,
  type Found,
  type Matched,
} from '@nx-pypi/release';

/** Name of the plan in a folder that was built without being given one. */
export const PLAN_IN_FOLDER = 'nx-pypi-plan.json';

/** Copies what was built into a folder, with a list of it (see `ArtifactList`). What is in the folder already stays listed. */
export function writeArtifacts(
  folder: string,
  built: ReadonlyMap<string, readonly Artifact[]>,
  by: Pick<ArtifactList, 'tool' | 'revision'> & { readonly versionOf: (name: string) => string },
): ArtifactList {
  mkdirSync(folder, { recursive: true });
  const artifacts = [...built].flatMap(([name, files]) =>
    files.map(({ kind, filename, file, sha256, size }) => {
      copyFileSync(file, join(folder, filename));
      return { name, version: by.versionOf(name), kind, filename, sha256, size };
    }),
  );
  const list: ArtifactList = {
    format: 1,
    tool: by.tool,
    revision: by.revision,
    artifacts: artifacts.toSorted((a, b) => (a.filename < b.filename ? -1 : 1)),
  };
  writeFileSync(join(folder, ARTIFACT_LIST), `${JSON.stringify(list, null, 2)}\n`);
  return list;
}

/** What lies in a folder of artifacts, its bytes hashed. */
export async function readArtifactFolder(folder: string): Promise<Found<ArtifactFolder>> {
  const listFile = join(folder, ARTIFACT_LIST);
  const list = existsSync(listFile) ? parseArtifactList(readFileSync(listFile, 'utf8')) : null;
  if (list === null) return { kind: 'problem', problem: noList(folder) };
  const names = readdirSync(folder).filter((name) => /\.(whl|tar\.gz|zip)$/.test(name));
  const files = await Promise.all(
    names.map(async (filename) => ({ filename, ...(await bytesOf(join(folder, filename))) })),
  );
  return { kind: 'found', value: { folder, list, files } };
}

/** The matched files as artifacts, each opened for its metadata: nothing is built. */
export async function openArtifacts(
  matched: Matched,
  builder: Pick<Builder, 'inspect'>,
): Promise<{ readonly artifacts: ReadonlyMap<string, readonly Artifact[]>; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const artifacts = new Map<string, readonly Artifact[]>();
  for (const [name, listed] of matched) {
    const opened: Artifact[] = [];
    for (const { folder, kind, filename, sha256, size } of listed) {
      const file = join(folder, filename);
      const facts = await builder.inspect(file, filename);
      if (facts.kind === 'problem') problems.push(facts.problem);
      else opened.push({ kind, filename, file, sha256, size, metadata: facts.value.metadata });
    }
    artifacts.set(name, opened);
  }
  return { artifacts, problems };
}

async function bytesOf(file: string): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { sha256: hash.digest('hex'), size };
}

function noList(folder: string): Problem {
  return {
    code: 'NXPYPI_NO_ARTIFACT_LIST',
    message: `${folder} holds no ${ARTIFACT_LIST} that this version reads`,
    hint: 'give the folder that `nx-pypi build --out` was given, and keep all of it between the jobs',
    where: folder,
  };
}
