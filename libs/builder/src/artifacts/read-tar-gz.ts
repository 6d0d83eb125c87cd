import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { memberCheck, readMember, type Member, type MemberCheck, type Refusal, type Wanted } from './archive.ts';

type Entry = Extract extends AsyncIterable<infer Source> ? Source : never;

/** Reads the files of a `.tar.gz` in its order. Rejects when it is none or is damaged. */
export async function readTarGz(file: string, want: (path: string) => Wanted): Promise<readonly Member[] | Refusal> {
  const { size } = statSync(file);
  const check = memberCheck(size);
  const abort = new AbortController();
  const tar = extract();
  const whole = size < STREAMED_FROM ? unpacked(file) : null;
  const flow =
    whole === null
      ? pipeline(createReadStream(file), createGunzip(), tar, { signal: abort.signal })
      : pipeline([whole], tar, { signal: abort.signal });
  const reading = readEntries(tar, want, check).finally(() => abort.abort());
  const [read, flowed] = await Promise.allSettled([reading, flow]);
  if (read.status === 'fulfilled') return read.value;
  throw flowed.status === 'rejected' && !abort.signal.reason ? flowed.reason : read.reason;
}

/** A small archive is unpacked in this thread: a run opens thousands, and streams cost more than their content. */
const STREAMED_FROM = 1024 * 1024;

/** Null for what is damaged or larger than it should be: read as a stream it says what is wrong. */
function unpacked(file: string): Uint8Array | null {
  try {
    return gunzipSync(readFileSync(file), { maxOutputLength: 16 * STREAMED_FROM });
  } catch {
    return null;
  }
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
