import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

export interface PackedFile {
  /** Without the `package/` that npm puts before every path. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** `npm pack` of a folder into `destination`, without its scripts; returns the path of the tarball. */
export async function packFolder(folder: string, destination: string): Promise<string> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder, shell: process.platform === 'win32' });
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
  if (packed === undefined) throw new Error(`npm pack of ${folder} named no tarball: ${stdout}`);
  return join(destination, packed.filename);
}

/** Every regular file of an npm tarball, in order of path. */
export async function readTarball(file: string): Promise<readonly PackedFile[]> {
  const files: PackedFile[] = [];
  const unpack = extract();
  unpack.on('entry', (header, stream, next) => {
    const parts: Buffer[] = [];
    stream.on('data', (part) => parts.push(part as Buffer));
    stream.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      files.push({ path: header.name.replace(/^package\//, ''), mode: header.mode ?? 0, text });
      next();
    });
  });
  await pipeline(createReadStream(file), createGunzip(), unpack);
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
