import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '@nx-pypi/manifests';
import type { Wanted } from './archive.ts';
import { readArchive } from './read-archive.ts';

/** Unpacks an sdist without its top folder into `folder`, under the limits of rule H4. Absolute paths; null when done. */
export async function unpackSdist(file: string, filename: string, folder: string): Promise<Problem | null> {
  const listed = await readArchive(file, filename, () => 'nothing');
  if (listed.kind === 'problem') return listed.problem;
  const places = new Map(listed.value.map(({ path }) => [path, join(folder, path.slice(path.indexOf('/') + 1))]));
  for (const place of new Set([...places.values()].map(dirname))) await mkdir(place, { recursive: true });
  const want = (path: string): Wanted => {
    const place = places.get(path);
    return place === undefined ? 'nothing' : { file: place };
  };
  const unpacked = await readArchive(file, filename, want);
  return unpacked.kind === 'problem' ? unpacked.problem : null;
}
