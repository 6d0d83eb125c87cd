import { describe, expect, test } from 'vitest';
import { completeLock, type LockEntries } from '../tools/lock/complete-lock.ts';
import { staleLock } from '../tools/lock/stale-lock.ts';
import { readPackages } from '../tools/source/repository.ts';

const organ: LockEntries = {
  'node_modules/organ': {
    version: '2.0.0',
    dev: true,
    optionalDependencies: {
      'organ-linux-x64-gnu': '2.0.0',
      'organ-linux-x64-musl': '2.0.0',
      '@organ/darwin-arm64': '2.0.0',
    },
  },
  'node_modules/organ-linux-x64-gnu': { version: '2.0.0', dev: true, optional: true, os: ['linux'], cpu: ['x64'] },
};

describe('the lock file', () => {
  test('gets an entry for every optional platform package that npm left out', () => {
    const added = Object.entries(completeLock(organ)).filter(([place]) => !(place in organ));
    expect(Object.fromEntries(added)).toEqual({
      'node_modules/@organ/darwin-arm64': {
        version: '2.0.0',
        dev: true,
        optional: true,
        os: ['darwin'],
        cpu: ['arm64'],
      },
      'node_modules/organ-linux-x64-musl': {
        version: '2.0.0',
        dev: true,
        optional: true,
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
      },
    });
  });

  test('stays as it is once complete', () => {
    const complete = completeLock(organ);
    expect(completeLock(complete)).toEqual(complete);
  });

  test('gets the entry inside the package where another version stands outside', () => {
    const two: LockEntries = {
      'node_modules/organ': { version: '2.0.0', optionalDependencies: { 'organ-win32-x64': '2.0.0' } },
      'node_modules/choir/node_modules/organ': {
        version: '1.0.0',
        optionalDependencies: { 'organ-win32-x64': '1.0.0' },
      },
      'node_modules/organ-win32-x64': { version: '1.0.0' },
    };
    const places = Object.keys(completeLock(two)).filter((place) => !(place in two));
    expect(places).toEqual(['node_modules/organ/node_modules/organ-win32-x64']);
  });

  test.each([
    ['a range', { 'organ-linux-x64': '^2.0.0' }],
    ['a package for every platform', { fsevents: '2.3.3' }],
  ])('is left alone about %s', (_name, optionalDependencies) => {
    const entries: LockEntries = { 'node_modules/organ': { version: '2.0.0', optionalDependencies } };
    expect(completeLock(entries)).toEqual(entries);
  });
});

describe('a stale lock file', () => {
  const manifests = (fields: object) =>
    readPackages([{ path: 'package.json', text: JSON.stringify({ name: 'root', ...fields }) }]);

  test('is one that disagrees with a manifest', () => {
    const entries: LockEntries = { '': { devDependencies: { organ: '2.0.0' } } };
    expect(staleLock(entries, manifests({ devDependencies: { organ: '2.0.0' } }))).toEqual([]);
    expect(staleLock(entries, manifests({ devDependencies: { organ: '2.0.1' } }))).toEqual([
      'package-lock.json disagrees with ./package.json: run npm run lock',
    ]);
  });

  test('is one that misses a platform', () => {
    expect(staleLock({ '': {}, ...organ }, manifests({}))).toEqual([
      'package-lock.json misses node_modules/@organ/darwin-arm64: run npm run lock',
      'package-lock.json misses node_modules/organ-linux-x64-musl: run npm run lock',
    ]);
  });
});
