/**
 * Uploads and verifies one sparse file of so many bytes, and prints the most memory that the uploading process had before and after:
 * `tsx --conditions=nx-pypi-source tools/bench/publish/upload-large.ts [BYTES]`, after `npm run build`. Needs as much room on disk.
 */
import { closeSync, createReadStream, mkdirSync, openSync, rmSync, truncateSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createRegistryClient, resolveTarget } from '@nx-pypi/registry-client';
import type { Artifact } from '@nx-pypi/release';
import { registryUrls, startRegistryProcess, token } from '../servers/registry-process.ts';

const size = Number(process.argv[2] ?? 1_000_000_000);
const folder = join(import.meta.dirname, '../../../.bench/upload-large');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const registry = await startRegistryProcess(join(folder, 'registry'));
try {
  const artifact = await sparseSdist();
  const url = registryUrls(registry.port).base;
  const target = resolveTarget({ kind: 'gitlab', url, project: 1, group: 1 }, {});
  if (target.kind === 'problem') throw new Error(target.problem.message);
  const credential = { username: 'bench', password: token, source: 'bench', origin: url };
  const client = createRegistryClient({
    target: target.value,
    credential,
    cacheDir: folder,
    userAgent: 'nx-pypi bench',
  });
  const refused = await client.prove();
  if (refused !== null) throw new Error(refused.message);
  const before = peakMegabytes();
  const begun = performance.now();
  const sameContent = () => Promise.reject(new Error('it was there already'));
  const outcome = await client.upload({ name: 'large', version: '1.0', artifact, sameContent });
  const seen = await client.verify({ name: 'large', filename: artifact.filename, sha256: artifact.sha256, size });
  const seconds = (performance.now() - begun) / 1000;
  await client.close();
  console.log(`${outcome.kind}, ${seen.kind}: ${size} bytes in ${seconds.toFixed(1)} s`);
  console.log(`peak of the uploading process: ${before} MB before, ${peakMegabytes()} MB after`);
} finally {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}

async function sparseSdist(): Promise<Artifact> {
  const filename = 'large-1.0.tar.gz';
  const file = join(folder, filename);
  closeSync(openSync(file, 'w'));
  truncateSync(file, size);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  const metadata = { headers: [['Metadata-Version', '2.3']] as const, description: '' };
  return { kind: 'sdist', filename, file, sha256: hash.digest('hex'), size, metadata };
}

/** Of this process alone; `maxRSS` is in KiB (Node.js docs, process.resourceUsage). */
function peakMegabytes(): number {
  return Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
}
