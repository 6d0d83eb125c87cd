/** Uploads the built packages of a workspace as a release does, and waits until the index shows them. Arguments: workspace, base URL, token. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectArtifact } from '@nx-pypi/builder';
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import type { Artifact } from '@nx-pypi/release';
import pLimit from 'p-limit';
import { reportWork } from '../run/measured-script.ts';

const [, , root = '', url = '', token = ''] = process.argv;
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
  // As many packages at a time as a release sends, unless it is told otherwise.
  const limit = pLimit(8);
  const sent = await Promise.all(names.map((name) => limit(() => publish(name, client))));
  await client.close();
  return `${sent.reduce((sum, count) => sum + count, 0)} files`;
});

async function publish(name: string, client: ReturnType<typeof createRegistryClient>): Promise<number> {
  const folder = join(root, 'packages', name, 'dist');
  const files = readdirSync(folder).filter((file) => /\.(whl|tar\.gz)$/.test(file));
  for (const filename of files) {
    const artifact = await artifactOf(join(folder, filename), filename);
    const version = artifact.metadata.headers.find(([header]) => header === 'Version')?.[1] ?? '';
    const outcome = await client.upload({
      name,
      version,
      artifact,
      sameContent: () => Promise.reject(new Error(filename)),
    });
    if (outcome.kind !== 'uploaded') throw new Error(`${filename} was not uploaded: ${JSON.stringify(outcome)}`);
    const { sha256, size } = artifact;
    const shown = await client.verify({ name, filename, sha256, size });
    if (shown.kind !== 'visible') throw new Error(`${filename} is not visible`);
  }
  return files.length;
}

async function artifactOf(file: string, filename: string): Promise<Artifact> {
  const bytes = readFileSync(file);
  const facts = await inspectArtifact(file, filename);
  if (facts.kind === 'problem') throw new Error(facts.problem.message);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: facts.value.kind, filename, file, sha256, size: bytes.length, metadata: facts.value.metadata };
}
