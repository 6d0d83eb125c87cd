import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { registryUrls, type RegistryProcess, startRegistryProcess, token } from '../servers/registry-process.ts';

/** A running registry that holds one version of each of these packages. What was uploaded is kept for later runs. */
export async function filledRegistry(folder: string, names: readonly string[]): Promise<RegistryProcess> {
  const home = join(folder, `filled-${names.length}`);
  const marker = join(home, 'complete');
  if (!existsSync(marker)) rmSync(home, { recursive: true, force: true });
  const registry = await startRegistryProcess(join(home, 'registry'));
  if (existsSync(marker)) return registry;
  const limit = pLimit(16);
  const { upload } = registryUrls(registry.port);
  await Promise.all(names.map((name) => limit(() => uploadOne(upload, name))));
  writeFileSync(marker, '');
  return registry;
}

async function uploadOne(url: string, name: string): Promise<void> {
  const form = new FormData();
  const fields = { name, version: '1.0.0', requires_python: '>=3.9', sha256_digest: 'f'.repeat(64) };
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append('content', new Blob([name]), `${name.replaceAll('-', '_')}-1.0.0.tar.gz`);
  const headers = { authorization: `Basic ${Buffer.from(`bench:${token}`).toString('base64')}` };
  const { status } = await fetch(url, { method: 'POST', headers, body: form });
  if (status !== 201) throw new Error(`the upload of ${name} was answered with ${status}`);
}
