import { basename } from 'node:path';
import type { ArtifactKind, Found, ShownArtifact, ShownFile } from '@nx-pypi/release';
import { parseCoreMetadata } from '@nx-pypi/standards';
import type { Member, Wanted } from './archive.ts';
import { makerOf, sdistPlace, wheelPlace } from './compare/uncounted.ts';
import { setupCfgWithoutProvenance } from './compare/without-provenance.ts';
import { readArchive } from './read-archive.ts';

const METADATA: Readonly<Record<ArtifactKind, RegExp>> = {
  wheel: /^[^/]+\.dist-info\/METADATA$/,
  sdist: /^[^/]+\/PKG-INFO$/,
};
const WHEEL_FILE = /^[^/]+\.dist-info\/WHEEL$/;

/** What an artifact holds at the places that a comparison named, for people. Absolute path. */
export async function showArtifact(
  kind: ArtifactKind,
  file: string,
  places: ReadonlySet<string>,
): Promise<Found<ShownArtifact>> {
  const placeOf = kind === 'wheel' ? wheelPlace : sdistPlace;
  const isAsked = (path: string): boolean => places.has(placeOf(path) ?? '');
  const want = (path: string): Wanted => {
    if (METADATA[kind].test(path) || (kind === 'wheel' && WHEEL_FILE.test(path))) return 'text';
    return isAsked(path) ? 'shown' : 'nothing';
  };
  const read = await readArchive(file, basename(file), want);
  if (read.kind === 'problem') return read;
  const textAt = (pattern: RegExp): string => read.value.find(({ path }) => pattern.test(path))?.text ?? '';
  const shown = read.value.filter(({ path }) => isAsked(path));
  return {
    kind: 'found',
    value: {
      maker: kind === 'wheel' ? makerOf(textAt(WHEEL_FILE)) : null,
      description: parseCoreMetadata(textAt(METADATA[kind])).description,
      // Several licence files of one name share a place; the first one stands for them.
      files: new Map(shown.toReversed().map((member) => [placeOf(member.path) ?? '', shownFile(member)])),
    },
  };
}

function shownFile({ path, sha256, size, text, executable }: Member): ShownFile {
  return { sha256, size, executable, text: text === null ? null : withoutProvenance(path, text) };
}

/** What a build of ours wrote into a manifest is no difference of the source (rule D5). */
function withoutProvenance(path: string, text: string): string {
  if (/^[^/]+\/setup\.cfg$/.test(path)) return `${setupCfgWithoutProvenance(text)}\n`;
  return /^[^/]+\/pyproject\.toml(?:\.orig)?$/.test(path) ? withoutTable(text) : text;
}

/** The lines of a pyproject.toml without those of our table, which ends where the next one begins. */
function withoutTable(text: string): string {
  let inside = false;
  const kept = text.split(/(?<=\n)/).filter((line) => {
    if (/^\s*\[/.test(line)) inside = /^\s*\[tool\.nx-pypi\.provenance[\].]/.test(line);
    return !inside;
  });
  return `${kept.join('').trimEnd()}\n`;
}
