import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { withAliases } from './linked-members.ts';
import { resolveLinks, type Link } from './tar-links.ts';
import { memberCheck, readMember, type Member, type MemberCheck, type Refusal, type Wanted } from './archive.ts';

type Entry = Extract extends AsyncIterable<infer Source> ? Source : never;

/** What one pass over an archive finds. */
interface Pass {
  readonly members: readonly Member[];
  readonly links: readonly Link[];
  readonly check: MemberCheck;
}

/** Reads the files of a `.tar.gz` in its order, and after them those that its links stand for. Rejects when it is none or is damaged. */
export async function readTarGz(file: string, want: (path: string) => Wanted): Promise<readonly Member[] | Refusal> {
  const pass = await readOnce(file, want);
  if ('refused' in pass || pass.links.length === 0) return 'refused' in pass ? pass : pass.members;
  const aliases = resolveLinks(pass.links, new Set(pass.members.map(({ path }) => path)));
  if ('refused' in aliases) return aliases;
  const { members, check } = pass;
  return withAliases({ members, aliases, check }, want, async (more) => {
    const again = await readOnce(file, more);
    return 'refused' in again ? again : again.members;
  });
}

async function readOnce(file: string, want: (path: string) => Wanted): Promise<Pass | Refusal> {
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
): Promise<Pass | Refusal> {
  const members: Member[] = [];
  const links: Link[] = [];
  for await (const entry of tar) {
    const found = await readEntry(entry, want, check);
    if (found === null) continue;
    if ('refused' in found) return found;
    if ('target' in found) links.push(found);
    else members.push(found);
  }
  return { members, links, check };
}

async function readEntry(
  entry: Entry,
  want: (path: string) => Wanted,
  check: MemberCheck,
): Promise<Member | Link | Refusal | null> {
  const { name, type, mode, linkname } = entry.header;
  const path = check.admit(name);
  if (typeof path !== 'string') return path;
  if (type === 'directory') {
    entry.resume();
    return null;
  }
  if (type === 'symlink' || type === 'link') {
    entry.resume();
    return { path, target: linkname ?? '', symbolic: type === 'symlink' };
  }
  if (type !== 'file' && type !== 'contiguous-file') {
    return { refused: `has the member ${JSON.stringify(path)} of the type ${type ?? 'unknown'}` };
  }
  const executable = mode === undefined ? null : (mode & 0o111) !== 0;
  return readMember({ path, executable }, entry, want(path), check);
}
