import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { temporaryFolder } from './temporary-folder.ts';

/** Writes a zip archive of members as they are given, however bad their paths; `mode` is that of every member. */
export async function zipWith(
  filename: string,
  members: readonly (readonly [path: string, content: string | Uint8Array])[],
  mode = 0o100644,
): Promise<string> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of members) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(content)];
    const packed = deflateRawSync(bytes);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(mode * 0x10000, 6);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1'), facts, entry, name);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, name, packed);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  const file = join(await temporaryFolder(), filename);
  await writeFile(file, Buffer.concat([...parts, ...directory, end]));
  return file;
}

export interface TarMember {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'fifo';
  /** Of a link. */
  readonly to?: string;
  readonly mode?: number;
}

export async function tarGzWith(filename: string, members: readonly TarMember[]): Promise<string> {
  const tar = pack();
  for (const { name, content = '', type = 'file', to = '', mode = 0o644 } of members) {
    tar.entry({ name, type, linkname: to, mode }, Buffer.from(content));
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  const file = join(await temporaryFolder(), filename);
  await writeFile(file, gzipSync(Buffer.concat(chunks)));
  return file;
}
