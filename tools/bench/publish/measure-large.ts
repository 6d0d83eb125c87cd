/** Uploads one file as `large 1.0` and waits until the index shows it. Arguments: sdist, base URL, token. */
import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import { reportWork } from '../run/measured-script.ts';

const [, , file = '', url = '', token = ''] = process.argv;
const target = resolveTarget({ kind: 'gitlab', url, project: 1, group: 1 }, {});
if (target.kind === 'problem') throw new Error(target.problem.message);
const credential = { username: 'bench', password: token, source: 'bench', origin: url };

await reportWork(async () => {
  const client = createRegistryClient({
    target: target.value,
    credential,
    cacheDir: tmpdir(),
    userAgent: 'nx-pypi bench',
  });
  const filename = basename(file);
  const { size } = statSync(file);
  const sha256 = await digestOf(file);
  const outcome = await client.upload({
    name: 'large',
    version: '1.0',
    artifact: {
      kind: 'sdist',
      filename,
      file,
      sha256,
      size,
      metadata: { headers: [['Metadata-Version', '2.3']], description: '' },
    },
    sameContent: () => Promise.reject(new Error(`${filename} was there already`)),
  });
  if (outcome.kind !== 'uploaded') throw new Error(JSON.stringify(outcome));
  const seen = await client.verify({ name: 'large', filename, sha256, size });
  await client.close();
  return `${size} bytes ${seen.kind}`;
});

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
