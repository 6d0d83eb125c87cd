import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { memberPath } from './member-path.ts';

/** One file of an archive. */
export interface Member {
  readonly path: string;
  /** Lower-case hex; '' when it was not asked for. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Decoded as UTF-8; null when it was not asked for, and for what is asked to be shown and is long or no text. */
  readonly text: string | null;
  /** Whether installers make it executable; null where the archive's maker recorded no mode. */
  readonly executable: boolean | null;
}

/**
 * What a reader of an archive wants of a member: `shown` is its hash, and its text where a person could read it; `file` is
 * the absolute path of a new file in an existing folder.
 */
export type Wanted = 'nothing' | 'hash' | 'text' | 'shown' | { readonly file: string };

/** An archive that is refused: the message is one sentence without its subject and full stop. */
export interface Refusal {
  readonly refused: string;
}

const MAX_MEMBERS = 200_000;
const MAX_TEXT = 8 * 1024 * 1024;
/** What is longer was made by a machine. */
const MAX_SHOWN = 512 * 1024;
/** Deflate reaches 1000:1 on zeros; source code and binaries stay below 20:1. */
const MAX_RATIO = 200;
const ALWAYS_ALLOWED = 256 * 1024 * 1024;

/** Checks members as they come (rule H4): paths, duplicates, number, and what they expand to against the archive's size. */
export interface MemberCheck {
  /** The member's path, or why the archive is refused. */
  readonly admit: (written: string) => string | Refusal;
  readonly expand: (bytes: number) => Refusal | null;
}

export function memberCheck(archiveSize: number): MemberCheck {
  const seen = new Set<string>();
  const limit = Math.max(ALWAYS_ALLOWED, archiveSize * MAX_RATIO);
  let expanded = 0;
  return {
    admit(written) {
      const path = memberPath(written);
      if (path === null) return { refused: `has a member with the unsafe path ${JSON.stringify(written)}` };
      if (seen.has(path)) return { refused: `has the member ${JSON.stringify(path)} twice` };
      seen.add(path);
      return seen.size > MAX_MEMBERS ? { refused: `has more than ${MAX_MEMBERS} members` } : path;
    },
    expand(bytes) {
      expanded += bytes;
      return expanded > limit ? { refused: `expands to more than ${limit} bytes` } : null;
    },
  };
}

/** A member before it is read. */
export interface MemberHead {
  readonly path: string;
  readonly executable: boolean | null;
}

/** Reads one member's bytes; a text is held in memory, other members are not. */
export async function readMember(
  head: MemberHead,
  content: AsyncIterable<unknown>,
  wanted: Wanted,
  check: MemberCheck,
): Promise<Member | Refusal> {
  if (typeof wanted === 'object') return saveMember(head, content, wanted.file, check);
  const { path } = head;
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const refusal = check.expand(chunk.length);
    if (refusal !== null) return refusal;
    size += chunk.length;
    if (wanted !== 'nothing') hash.update(chunk);
    if (wanted === 'text' && size > MAX_TEXT)
      return { refused: `has a metadata file ${path} of more than ${MAX_TEXT} bytes` };
    if (wanted === 'text' || (wanted === 'shown' && size <= MAX_SHOWN)) chunks.push(chunk);
  }
  return {
    ...head,
    size,
    sha256: wanted === 'nothing' ? '' : hash.digest('hex'),
    text: textOf(wanted, chunks, size),
  };
}

/** What is shown is null where it is too long, not UTF-8, or has the null characters of a binary. */
function textOf(wanted: Wanted, chunks: readonly Buffer[], size: number): string | null {
  const bytes = Buffer.concat(chunks);
  if (wanted === 'text') return new TextDecoder().decode(bytes);
  if (wanted !== 'shown' || bytes.length < size || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function saveMember(
  head: MemberHead,
  content: AsyncIterable<unknown>,
  file: string,
  check: MemberCheck,
): Promise<Member | Refusal> {
  const target = await open(file, 'wx', head.executable === true ? 0o755 : 0o644);
  let size = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      const refusal = check.expand(chunk.length);
      if (refusal !== null) return refusal;
      size += chunk.length;
      await target.write(chunk);
    }
  } finally {
    await target.close();
  }
  return { ...head, size, sha256: '', text: null };
}
