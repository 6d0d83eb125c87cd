import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tarGzWith, type TarMember, temporaryFolder } from '@nx-pypi/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectArtifact } from '../../src/artifacts/inspect-artifact.ts';
import { readArchive } from '../../src/artifacts/read-archive.ts';
import { resolveLinks, type Link } from '../../src/artifacts/tar-links.ts';
import { unpackSdist } from '../../src/artifacts/unpack-sdist.ts';
import { METADATA } from '../setting/archives.ts';

const NAME = 'violin-1.0.0.tar.gz';

function symlink(path: string, to: string): TarMember {
  return { name: `violin-1.0.0/${path}`, type: 'symlink', to };
}

const MEMBERS: readonly TarMember[] = [
  symlink('early.py', 'src/late.py'),
  { name: 'violin-1.0.0/PKG-INFO', content: METADATA },
  { name: 'violin-1.0.0/meta/build.toml', content: '[project]\nname = "violin"\n' },
  symlink('pyproject.toml', 'meta/build.toml'),
  { name: 'violin-1.0.0/src/late.py', content: 'strings = 4\n', mode: 0o755 },
  symlink('again.py', './early.py'),
  symlink('copy', 'src'),
  { name: 'violin-1.0.0/hard.py', type: 'link', to: 'violin-1.0.0/src/late.py' },
  symlink('nowhere', 'src/gone.py'),
];

describe('an sdist with links that stay inside', () => {
  it('reads what they stand for: files, files behind several links, folders, and nothing where there is nothing', async () => {
    const read = await readArchive(await tarGzWith(NAME, MEMBERS), NAME, () => 'hash');
    const members = read.kind === 'found' ? read.value : [];
    const late = members.find(({ path }) => path.endsWith('src/late.py'));
    const same = members.filter(({ sha256 }) => sha256 === late?.sha256).map(({ path }) => path);
    expect(same).toEqual(
      ['src/late.py', 'early.py', 'again.py', 'copy/late.py', 'hard.py'].map((path) => `violin-1.0.0/${path}`),
    );
    expect(members.filter(({ executable }) => executable)).toHaveLength(same.length);
    expect(members.some(({ path }) => path.includes('nowhere'))).toBe(false);
  });

  it('reads the text behind a link, whatever is wanted of the file itself', async () => {
    const file = await tarGzWith(NAME, MEMBERS);
    const read = await readArchive(file, NAME, (path) => (path.endsWith('pyproject.toml') ? 'text' : 'hash'));
    const texts = read.kind === 'found' ? read.value.filter(({ text }) => text !== null) : [];
    expect(texts).toMatchObject([{ path: 'violin-1.0.0/pyproject.toml', text: '[project]\nname = "violin"\n' }]);
    expect(await inspectArtifact(file, NAME)).toMatchObject({ kind: 'found', value: { kind: 'sdist' } });
  });

  it('unpacks them as files', async () => {
    const folder = await temporaryFolder();
    expect(await unpackSdist(await tarGzWith(NAME, MEMBERS), NAME, folder)).toBeNull();
    expect(await readFile(join(folder, 'again.py'), 'utf8')).toBe('strings = 4\n');
    expect(await readFile(join(folder, 'copy/late.py'), 'utf8')).toBe('strings = 4\n');
    expect((await stat(join(folder, 'early.py'))).mode & 0o111).not.toBe(0);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
  });

  it('H4: what links multiply counts as expansion', async () => {
    const zeros = { name: 'violin-1.0.0/zeros', content: Buffer.alloc(8 * 1024 * 1024) };
    const links = Array.from({ length: 40 }, (_, index) => symlink(`link-${index}`, 'zeros'));
    const read = await readArchive(await tarGzWith(NAME, [zeros, ...links]), NAME, () => 'nothing');
    expect(read.kind === 'problem' && read.problem.message).toContain('expands to more than');
  });
});

it('H4: more links than any sdist has are refused', () => {
  const links = Array.from({ length: 2_001 }, (_, index): Link => ({
    path: `v/${index}`,
    target: 'x',
    symbolic: true,
  }));
  expect(resolveLinks(links, new Set(['v/x']))).toEqual({ refused: 'has more than 2000 links' });
});

it('H4: two links that lead to each other, and one that hides a file, are refused', () => {
  const link = (path: string, target: string): Link => ({ path: `v/${path}`, target, symbolic: true });
  expect(resolveLinks([link('a', 'b'), link('b', 'a')], new Set())).toEqual({
    refused: 'has the link "v/a", which leads to itself',
  });
  expect(resolveLinks([link('a', 'src')], new Set(['v/src/x', 'v/a/x']))).toEqual({
    refused: 'has the member "v/a/x" twice',
  });
});

it('H4: whatever links say, they stand for files of the archive only', () => {
  const part = fc.constantFrom('..', '.', 'a', 'b', '', '/');
  const path = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/'));
  const files = new Set(['v/a/a', 'v/b', 'w/a']);
  fc.assert(
    fc.property(fc.constantFrom('v/x', 'v/a/x'), path, fc.boolean(), (from, target, symbolic) => {
      const aliases = resolveLinks([{ path: from, target, symbolic }], files);
      const reached = 'refused' in aliases ? [] : [...aliases.values()];
      expect(reached.every((file) => files.has(file) && file.startsWith('v/'))).toBe(true);
    }),
  );
});
