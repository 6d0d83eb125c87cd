import type { PublishedFile } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import { registryState } from '../../src/page/registry-state.ts';
import type { PageReading } from '../../src/page/page-reading.ts';

const absent: PageReading = { kind: 'absent' };
const problem = { code: 'NXPYPI_REGISTRY_UNREACHABLE', message: 'The oven is cold.', hint: 'Light it.' };
const unknown: PageReading = { kind: 'unknown', problem };

function loaf(filename: string, overrides: Partial<PublishedFile> = {}): PublishedFile {
  const url = `https://oven.example/${filename}`;
  return { filename, url, sha256: 'a'.repeat(64), requiresPython: null, yanked: false, size: null, ...overrides };
}

function page(...files: readonly PublishedFile[]): PageReading {
  return { kind: 'page', files, problems: [] };
}

function versions(...readings: readonly PageReading[]): unknown {
  const state = registryState('rye-bread', readings);
  return state.kind === 'published'
    ? state.versions.map(({ text, files, yanked }) => [text, files.map(({ filename }) => filename), yanked])
    : state.kind;
}

describe('B1: one state from the pages of project and group', () => {
  test.each([
    ['absent in both', [absent, absent], { kind: 'absent' }],
    ['unknown in one', [absent, unknown], { kind: 'unknown', problem }],
    [
      'unknown although the other knows it',
      [page(loaf('rye_bread-1.0.tar.gz')), unknown],
      { kind: 'unknown', problem },
    ],
    ['known without files', [page(), absent], { kind: 'published', versions: [], problems: [] }],
  ])('%s', (_title, readings, state) => {
    expect(registryState('rye-bread', readings)).toEqual(state);
  });

  test('B3: a package of another project of the group is published', () => {
    expect(versions(absent, page(loaf('rye_bread-1.0.tar.gz')))).toEqual([['1.0', ['rye_bread-1.0.tar.gz'], false]]);
  });

  test('one file on both pages is one file, with all that both tell', () => {
    const state = registryState('rye-bread', [
      page(loaf('rye_bread-1.0.tar.gz', { sha256: null })),
      page(loaf('rye_bread-1.0.tar.gz', { url: 'https://oven.example/group', size: 5 })),
    ]);
    expect(state).toMatchObject({
      versions: [{ files: [{ url: 'https://oven.example/rye_bread-1.0.tar.gz', sha256: 'a'.repeat(64), size: 5 }] }],
    });
  });
});

describe('versions', () => {
  test('ascend by PEP 440, one per number whatever its spelling', () => {
    const files = ['1.10', '1.9', '1.0rc1', '1.0.post1', '1!0.1', '1.0'].map((version) =>
      loaf(`rye_bread-${version}.tar.gz`),
    );
    const spelled = [loaf('Rye.Bread-1.0-py3-none-any.whl'), loaf('rye_bread-1.0RC1-py3-none-any.whl')];
    expect(versions(page(...files, ...spelled))).toEqual([
      ['1.0rc1', ['rye_bread-1.0rc1.tar.gz', 'rye_bread-1.0RC1-py3-none-any.whl'], false],
      ['1.0', ['rye_bread-1.0.tar.gz', 'Rye.Bread-1.0-py3-none-any.whl'], false],
      ['1.0.post1', ['rye_bread-1.0.post1.tar.gz'], false],
      ['1.9', ['rye_bread-1.9.tar.gz'], false],
      ['1.10', ['rye_bread-1.10.tar.gz'], false],
      ['1!0.1', ['rye_bread-1!0.1.tar.gz'], false],
    ]);
  });

  test('B6: a version is yanked when all its files are', () => {
    const half = [loaf('rye_bread-1.0.tar.gz', { yanked: true }), loaf('rye_bread-1.0-py3-none-any.whl')];
    expect(versions(page(...half, loaf('rye_bread-2.0.tar.gz', { yanked: true })))).toMatchObject([
      ['1.0', {}, false],
      ['2.0', {}, true],
    ]);
  });

  test.each([
    ['no distribution', 'rye_bread-1.0.exe', 'is not the name of a wheel or sdist'],
    ['a file of another package', 'wheat_bread-1.0.tar.gz', 'is a file of wheat-bread'],
    ['no version', 'rye_bread-latest.tar.gz', 'is not the name'],
    ['a name with a colour', 'rye\u001b[31m.whl', 'rye.whl'],
  ])('B5: %s is a problem and no version', (_title, filename, message) => {
    expect(registryState('rye-bread', [page(loaf(filename))])).toEqual({
      kind: 'published',
      versions: [],
      problems: [
        expect.objectContaining({ code: 'NXPYPI_FILENAME_UNREADABLE', message: expect.stringContaining(message) }),
      ],
    });
  });

  test.each([
    ['on one page', [page(loaf('rye_bread-1.0.tar.gz'), loaf('rye_bread-1.0.tar.gz', { sha256: 'b'.repeat(64) }))]],
    ['on two', [page(loaf('rye_bread-1.0.tar.gz')), page(loaf('rye_bread-1.0.tar.gz', { sha256: 'b'.repeat(64) }))]],
  ])('B5: one filename with two hashes is unknown: %s', (_title, readings) => {
    expect(registryState('rye-bread', readings)).toMatchObject({
      kind: 'unknown',
      problem: { code: 'NXPYPI_TWO_HASHES' },
    });
  });
});
