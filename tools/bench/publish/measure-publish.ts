/** Uploads the built packages of a workspace as a release does, and waits until the index shows them. Arguments: workspace, base URL, token, packages at once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectArtifact } from '@nx-pypi/builder';
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import type { Artifact } from '@nx-pypi/release';
import pLimit from 'p-limit';
import { reportWork } from '../run/measured-script.ts';

const [, , root = '', url = '', token = '', atOnce = ''] = process.argv;
const target = resolveTarget({ kind: 'gitlab', url, project: 1, group: 1 }, {});
if (target.kind === 'problem') throw new Error(target.problem.message);
const credential = { username: 'bench', password: token, source: 'bench', origin: url };
const names = readdirSync(join(root, 'packages'));

await reportWork(async () => {
  const client = createRegistryClient({
    target: target.value,
    credential,
    cacheDir: tmpdir(),
    userAgent: 'nx-pypi bench',
  });
  const refused = await client.prove();
  if (refused !== null) throw new Error(refused.message);
  const limit = pLimit(Number(atOnce));
  const sent = await Promise.all(
    names.map(async (name) => {
      const artifacts = await limit(() => send(name, client));
      await see(name, artifacts, client);
      return artifacts.length;
    }),
  );
  await client.close();
  return `${sent.reduce((sum, count) => sum + count, 0)} files`;
});

type Client = ReturnType<typeof createRegistryClient>;

/** One file after another, the sdist first (rule G3). */
async function send(name: string, client: Client): Promise<readonly Artifact[]> {
  const folder = join(root, 'packages', name, 'dist');
  const files = readdirSync(folder).filter((file) => /\.(whl|tar\.gz)$/.test(file));
  const found = await Promise.all(files.map((filename) => artifactOf(join(folder, filename), filename)));
  const artifacts = found.toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  for (const artifact of artifacts) {
    const version = artifact.metadata.headers.find(([header]) => header === 'Version')?.[1] ?? '';
    const sameContent = () => Promise.reject(new Error(`${artifact.filename} was there already`));
    const outcome = await client.upload({ name, version, artifact, sameContent });
    if (outcome.kind !== 'uploaded') throw new Error(`${artifact.filename}: ${JSON.stringify(outcome)}`);
  }
  return artifacts;
}

/** All files of a package are looked for in the index, as in a release beside the uploads of others (rule G7). */
async function see(name: string, artifacts: readonly Artifact[], client: Client): Promise<void> {
  const shown = await Promise.all(
    artifacts.map(({ filename, sha256, size }) => client.verify({ name, filename, sha256, size })),
  );
  const unseen = shown.find(({ kind }) => kind !== 'visible');
  if (unseen !== undefined) throw new Error(`${name}: ${JSON.stringify(unseen)}`);
}

async function artifactOf(file: string, filename: string): Promise<Artifact> {
  const bytes = readFileSync(file);
  const facts = await inspectArtifact(file, filename);
  if (facts.kind === 'problem') throw new Error(facts.problem.message);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: facts.value.kind, filename, file, sha256, size: bytes.length, metadata: facts.value.metadata };
}
