import { readFileSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fromBuffer, open, type Entry, type ZipFile } from 'yauzl';
import { memberCheck, readMember, type Member, type MemberCheck, type Refusal, type Wanted } from './archive.ts';

const UNIX = 3;
const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;
const ENCRYPTED = 1;
/** How yauzl refuses a name before it hands the member out (its validateFileName). */
const UNSAFE_PATH = /^(?:absolute path|invalid relative path|invalid characters in fileName): (?<path>.*)$/s;

/** Reads the files of a zip archive in its directory's order. Rejects when it is none or is damaged. */
export async function readZip(file: string, want: (path: string) => Wanted): Promise<readonly Member[] | Refusal> {
  const { size } = statSync(file);
  const check = memberCheck(size);
  const zip = await openZip(file, size);
  try {
    const members: Member[] = [];
    for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
      const member = await readEntry(zip, entry, want, check);
      if (member !== null && 'refused' in member) return member;
      if (member !== null) members.push(member);
    }
    return members;
  } catch (error) {
    const path = error instanceof Error ? UNSAFE_PATH.exec(error.message)?.groups?.['path'] : undefined;
    if (path === undefined) throw error;
    return { refused: `has a member with the unsafe path ${JSON.stringify(path)}` };
  } finally {
    zip.close();
  }
}

async function readEntry(
  zip: ZipFile,
  entry: Entry,
  want: (path: string) => Wanted,
  check: MemberCheck,
): Promise<Member | Refusal | null> {
  const path = check.admit(entry.fileName);
  if (typeof path !== 'string') return path;
  if (isSymlink(entry)) return { refused: `has the link ${JSON.stringify(path)}` };
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) return { refused: `has the encrypted member ${path}` };
  if (entry.fileName.endsWith('/')) return null;
  const wanted = want(path);
  const head = { path, executable: executableBit(entry) };
  if (wanted === 'nothing') {
    const size = entry.uncompressedSize;
    return check.expand(size) ?? { ...head, size, sha256: '', text: null };
  }
  return readMember(head, await openEntry(zip, entry), wanted, check);
}

function isSymlink(entry: Entry): boolean {
  const mode = entry.externalFileAttributes >>> 16;
  return entry.versionMadeBy >>> 8 === UNIX && (mode & FILE_TYPE) === SYMLINK;
}

/** Only archives made on Unix hold modes, and only where their maker wrote any (APPNOTE 4.4.2, 4.4.15). */
function executableBit(entry: Entry): boolean | null {
  const mode = entry.externalFileAttributes >>> 16;
  return entry.versionMadeBy >>> 8 !== UNIX || mode === 0 ? null : (mode & 0o111) !== 0;
}

/** Smaller archives are read into memory, in this thread: a handful of reads per member takes longer. */
const READ_IN_PARTS_FROM = 1024 * 1024;

function openZip(file: string, size: number): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true };
  return new Promise((resolve, reject) => {
    const settle = (error: Error | null, zip: ZipFile): void => {
      if (error === null) resolve(zip);
      else reject(error);
    };
    if (size < READ_IN_PARTS_FROM) fromBuffer(readFileSync(file), options, settle);
    else open(file, options, settle);
  });
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      act();
    };
    zip.once('entry', (entry: Entry) => settle(() => resolve(entry)));
    zip.once('end', () => settle(() => resolve(null)));
    zip.once('error', (error) => settle(() => reject(error)));
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
}
