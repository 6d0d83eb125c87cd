import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  formatVersion,
  normalizeName,
  parseDistributionFilename,
  parseSdistFilename,
  parseWheelFilename,
  sdistFilename,
  wheelTags,
} from '../../src/index.ts';
import { versions } from '../arbitraries.ts';
import { version } from '../read.ts';

describe('parseWheelFilename', () => {
  it('reads every part', () => {
    expect(
      parseWheelFilename('Sour.Dough-1.2rc3-7_a-cp310.cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'),
    ).toEqual({
      name: 'sour-dough',
      version: version('1.2rc3'),
      build: '7_a',
      pythonTags: ['cp310', 'cp311'],
      abiTags: ['abi3'],
      platformTags: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
    });
    expect(parseWheelFilename('rye-1-py3-none-any.whl')).toMatchObject({ name: 'rye', build: null });
    expect(parseWheelFilename('rye-1.0+oven_2-py3-none-any.whl')).toMatchObject({ version: version('1.0+oven.2') });
  });

  const notWheels = [
    ['rye.whl', 'rye-1-py3-none.whl', 'rye-1-py3-none-any', 'rye-1-py3-none-any.zip', 'rye-1-py3-none-any.WHL'],
    ['rye-1-x-py3-none-any.whl', 'rye-1--py3-none-any.whl', 'rye-1-2-3-py3-none-any.whl'],
    ['rye-loaf-py3-none-any.whl', '-1-py3-none-any.whl', 'rye__bread-1-py3-none-any.whl', '_rye-1-py3-none-any.whl'],
    [
      'rye-1-py3.-none-any.whl',
      'rye-1-py3--any.whl',
      'rye-1-py3-none-a/b.whl',
      'rye- 1-py3-none-any.whl',
      'a/rye-1-py3-none-any.whl',
    ],
  ].flat();

  it.each(notWheels)('refuses %s', (filename) => {
    expect(parseWheelFilename(filename)).toBeNull();
    expect(parseDistributionFilename(filename)?.kind).not.toBe('wheel');
  });
});

describe('wheelTags', () => {
  it('takes compressed tag sets apart', () => {
    const sets = { pythonTags: ['py2', 'py3'], abiTags: ['none'], platformTags: ['any', 'win32'] };
    expect(wheelTags(sets)).toEqual(['py2-none-any', 'py2-none-win32', 'py3-none-any', 'py3-none-win32']);
  });
});

describe('parseSdistFilename', () => {
  it.each([
    ['rye_bread-1.2.tar.gz', 'rye-bread', '1.2'],
    ['My.Rye-1.2.tar.gz', 'my-rye', '1.2'],
    ['rye-bread-1.2.zip', 'rye-bread', '1.2'],
    ['rye-2-1.0.tar.gz', 'rye-2', '1.0'],
    ['rye-1.0.0-rc.1.tar.gz', null, ''],
    ['rye-1.0+oven.1.tar.gz', 'rye', '1.0+oven.1'],
    ['rye-1.0.tar.bz2', null, ''],
    ['rye-1.0.tgz', null, ''],
    ['rye.tar.gz', null, ''],
    ['-1.0.tar.gz', null, ''],
    ['rye-loaf.tar.gz', null, ''],
    ['rye-1.0.tar.gz.asc', null, ''],
    ['../rye-1.0.tar.gz', null, ''],
    ['rye-1.0 .tar.gz', null, ''],
  ])('%s: %s %s', (filename, name, expected) => {
    const read = parseSdistFilename(filename);
    expect(read?.name ?? null).toBe(name);
    expect(read === null ? '' : formatVersion(read.version)).toBe(expected);
  });
});

describe('sdistFilename', () => {
  it.each([
    ['Sour.Dough', '1.0', 'sour_dough-1.0.tar.gz'],
    ['rye--bread_2', 'v1.0.0-RC1', 'rye_bread_2-1.0.0rc1.tar.gz'],
    ['rye', '1!2+oven-3', 'rye-1!2+oven.3.tar.gz'],
  ])('of %s %s is %s', (name, text, expected) => {
    expect(sdistFilename(name, version(text))).toBe(expected);
  });

  it('reads back as the name and version that it was made of', () => {
    fc.assert(
      fc.property(fc.constantFrom('rye', 'Sour.Dough', 'a-1_2.3'), versions, (name, made) => {
        const read = parseDistributionFilename(sdistFilename(name, made));
        expect(read).toMatchObject({ kind: 'sdist', name: normalizeName(name) });
        expect(compareVersions(read?.version ?? version('99!0'), made)).toBe(0);
      }),
    );
  });
});

describe('parseDistributionFilename', () => {
  it.each([
    ['rye-1.0-py3-none-any.whl', 'wheel'],
    ['rye-1.0.tar.gz', 'sdist'],
    ['rye-1.0-py3.10.egg', undefined],
    ['rye-1.0.exe', undefined],
    ['rye-1.0-py3-none-any.whl.metadata', undefined],
    ['', undefined],
  ])('%s: %s', (filename, kind) => {
    expect(parseDistributionFilename(filename)?.kind).toBe(kind);
  });
});
