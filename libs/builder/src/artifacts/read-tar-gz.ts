import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { memberCheck, readMember, type Member, type MemberCheck, type Refusal, type Wanted } from './archive.ts';

type Entry = Extract extends AsyncIterable<infer Source> ? Source : never;

/** Reads the files of a `.tar.gz` in its order. Rejects when it is none or is damaged. */
export async function readTarGz(file: string, want: (path: string) => Wanted): Promise<readonly Member[] | Refusal> {
  const check = memberCheck((await stat(file)).size);
  const abort = new AbortController();
  const tar = extract();
  const flow = pipeline(createReadStream(file), createGunzip(), tar, { signal: abort.signal });
  const reading = readEntries(tar, want, check).finally(() => abort.abort());
  const [read, flowed] = await Promise.allSettled([reading, flow]);
  if (read.status === 'fulfilled') return read.value;
  throw flowed.status === 'rejected' && !abort.signal.reason ? flowed.reason : read.reason;
}

async function readEntries(
  tar: AsyncIterable<Entry>,
  want: (path: string) => Wanted,
  check: MemberCheck,
): Promise<readonly Member[] | Refusal> {
  const members: Member[] = [];
  for await (const entry of tar) {
    const member = await readEntry(entry, want, check);
    if (member !== null && 'refused' in member) return member;
    if (member !== null) members.push(member);
  }
  return members;
}

async function readEntry(
  entry: Entry,
  want: (path: string) => Wanted,
  check: MemberCheck,
): Promise<Member | Refusal | null> {
  const { name, type, mode } = entry.header;
  const path = check.admit(name);
  if (typeof path !== 'string') return path;
  if (type === 'directory') {
    entry.resume();
    return null;
  }
  if (type !== 'file' && type !== 'contiguous-file') {
    return { refused: `has the member ${JSON.stringify(path)} of the type ${type ?? 'unknown'}` };
  }
  const executable = mode === undefined ? null : (mode & 0o111) !== 0;
  return readMember({ path, executable }, entry, want(path), check);
}
