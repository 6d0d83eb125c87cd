import type { Problem } from '@nx-pypi/manifests';
import type { ArtifactFacts, ArtifactKind, Found } from '@nx-pypi/release';
import { parseCoreMetadata } from '@nx-pypi/standards';
import type { Member, Wanted } from './archive.ts';
import { readArchive } from './read-archive.ts';
import { readProvenance } from './read-provenance.ts';

const WHEEL_METADATA = /^[^/]+\.dist-info\/METADATA$/;
const SDIST_TEXTS = /^[^/]+\/(?:PKG-INFO|pyproject\.toml|setup\.cfg)$/;

/** Opens a wheel or sdist and reads what it says of itself. */
export async function inspectArtifact(file: string, filename: string): Promise<Found<ArtifactFacts>> {
  const kind: ArtifactKind = filename.endsWith('.whl') ? 'wheel' : 'sdist';
  const texts = kind === 'wheel' ? WHEEL_METADATA : SDIST_TEXTS;
  const want = (path: string): Wanted => (texts.test(path) ? 'text' : 'nothing');
  const read = await readArchive(file, filename, want);
  if (read.kind === 'problem') return read;
  const metadata = read.value.filter(({ path }) =>
    kind === 'wheel' ? WHEEL_METADATA.test(path) : path.endsWith('/PKG-INFO'),
  );
  const own = metadata.filter(({ text }) => text !== null);
  const [first] = own;
  if (first?.text === undefined || first.text === null || own.length !== 1) {
    return { kind: 'problem', problem: noMetadata(filename, kind, own.length) };
  }
  const provenance =
    kind === 'wheel' ? null : readProvenance(textOf(read.value, 'pyproject.toml'), textOf(read.value, 'setup.cfg'));
  return { kind: 'found', value: { kind, metadata: parseCoreMetadata(first.text), provenance } };
}

function textOf(members: readonly Member[], name: string): string | null {
  return members.find(({ path, text }) => text !== null && path.endsWith(`/${name}`))?.text ?? null;
}

function noMetadata(filename: string, kind: ArtifactKind, count: number): Problem {
  const wanted = kind === 'wheel' ? 'METADATA in a .dist-info folder' : 'PKG-INFO in its top folder';
  return {
    code: 'NXPYPI_ARTIFACT_METADATA',
    message: `The ${kind} ${filename} has ${count === 0 ? 'no' : String(count)} ${wanted} where there must be one.`,
    hint: 'Build it with a backend that follows the packaging standards.',
    where: filename,
  };
}
