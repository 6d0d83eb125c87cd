import { createHash } from 'node:crypto';
import type { ArtifactKind, Comparison, Found, Reason } from '@nx-pypi/release';
import { parseCoreMetadata } from '@nx-pypi/standards';
import { basename } from 'node:path';
import type { Member, Wanted } from '../archive.ts';
import { readArchive } from '../read-archive.ts';
import { compareMetadata } from './compare-metadata.ts';
import { makerOf, saysNothing, sdistPlace, wheelFileText, wheelPlace } from './uncounted.ts';
import { pyprojectWithoutProvenance, setupCfgWithoutProvenance } from './without-provenance.ts';

/** What is compared of one artifact. */
interface Content {
  /** By place; several licence files of one name share theirs. */
  readonly files: ReadonlyMap<string, Print>;
  readonly metadata: string;
  /** `Generator` of a wheel; null in an sdist, which names none. */
  readonly maker: string | null;
}

interface Print {
  readonly content: string;
  /** Installers keep this bit; null where it is not recorded. */
  readonly executable: boolean | null;
}

const METADATA: Readonly<Record<ArtifactKind, RegExp>> = {
  wheel: /^[^/]+\.dist-info\/METADATA$/,
  sdist: /^[^/]+\/PKG-INFO$/,
};
const REWRITTEN: Readonly<Record<ArtifactKind, RegExp>> = {
  wheel: /^[^/]+\.dist-info\/WHEEL$/,
  // uv_build keeps the manifest as it was beside the one that it writes anew.
  sdist: /^[^/]+\/(?:pyproject\.toml(?:\.orig)?|setup\.cfg)$/,
};

/** Rules D4 and D5: member by member, byte by byte, without what does not count. Absolute paths. */
export async function compareArtifacts(kind: ArtifactKind, ours: string, theirs: string): Promise<Found<Comparison>> {
  const [left, right] = await Promise.all([contentOf(kind, ours), contentOf(kind, theirs)]);
  if (left.kind === 'problem') return left;
  if (right.kind === 'problem') return right;
  const reasons = [
    ...compareFiles(left.value.files, right.value.files),
    ...compareMetadata(parseCoreMetadata(left.value.metadata), parseCoreMetadata(right.value.metadata)),
  ];
  if (reasons.length === 0) return { kind: 'found', value: { kind: 'same' } };
  const [before, after] = [right.value.maker, left.value.maker];
  const makers = before === null || after === null || before === after ? {} : { makers: { before, after } };
  return { kind: 'found', value: { kind: 'different', reasons, ...makers } };
}

async function contentOf(kind: ArtifactKind, file: string): Promise<Found<Content>> {
  const isText = (path: string): boolean => METADATA[kind].test(path) || REWRITTEN[kind].test(path);
  const want = (path: string): Wanted => (isText(path) ? 'text' : 'hash');
  const read = await readArchive(file, basename(file), want);
  if (read.kind === 'problem') return read;
  const files = new Map<string, Print>();
  for (const member of read.value) {
    const place = METADATA[kind].test(member.path) ? null : placeOf(kind, member.path);
    if (place === null || saysNothing(place, member.sha256)) continue;
    const content = [...(files.get(place)?.content.split(' ') ?? []), printOf(kind, member)].sort().join(' ');
    files.set(place, { content, executable: member.executable });
  }
  const metadata = read.value.find(({ path }) => METADATA[kind].test(path))?.text ?? '';
  const wheelFile = kind === 'sdist' ? null : read.value.find(({ path }) => REWRITTEN.wheel.test(path))?.text;
  return { kind: 'found', value: { files, metadata, maker: makerOf(wheelFile ?? '') } };
}

function placeOf(kind: ArtifactKind, path: string): string | null {
  return kind === 'wheel' ? wheelPlace(path) : sdistPlace(path);
}

function printOf(kind: ArtifactKind, member: Member): string {
  if (member.text === null) return member.sha256;
  const counted = kind === 'wheel' ? wheelFileText(member.text) : manifestText(member.path, member.text);
  return createHash('sha256').update(counted).digest('hex');
}

function manifestText(path: string, text: string): string {
  return path.endsWith('.cfg') ? setupCfgWithoutProvenance(text) : pyprojectWithoutProvenance(text);
}

function compareFiles(ours: Content['files'], theirs: Content['files']): readonly Reason[] {
  const added = [...ours.keys()].filter((path) => !theirs.has(path)).sort();
  const removed = [...theirs.keys()].filter((path) => !ours.has(path)).sort();
  const modified = [...ours].flatMap(([path, print]) => (differs(print, theirs.get(path)) ? [path] : [])).sort();
  return added.length + removed.length + modified.length === 0 ? [] : [{ kind: 'files', added, removed, modified }];
}

function differs(ours: Print, theirs: Print | undefined): boolean {
  if (theirs === undefined) return false;
  const known = ours.executable !== null && theirs.executable !== null;
  return ours.content !== theirs.content || (known && ours.executable !== theirs.executable);
}
