import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tarGzWith, type TarMember, temporaryFolder, zipWith } from '@nx-pypi/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberPath } from '../../src/artifacts/member-path.ts';
import { readArchive } from '../../src/artifacts/read-archive.ts';
import { wheelWith } from '../setting/archives.ts';

const read = async (file: string): ReturnType<typeof readArchive> => readArchive(file, 'violin', () => 'hash');

async function refusal(file: string): Promise<string> {
  const result = await read(file);
  return result.kind === 'problem' ? `${result.problem.code}: ${result.problem.message}` : 'read';
}

it.each([
  ['violin/a.py', 'violin/a.py'],
  ['./violin//a.py', 'violin/a.py'],
  ['violin/', 'violin'],
  ['violin/..a', 'violin/..a'],
  ['/etc/passwd', null],
  ['../a', null],
  ['violin/../../a', null],
  ['C:/a', null],
  ['c:a', null],
  ['violin\\a', null],
  ['violin/\u0000a', null],
  ['violin/\u001b[2J', null],
])('H4: memberPath(%j) === %j', (written, path) => {
  expect(memberPath(written)).toBe(path);
});

it('H4: a path that is accepted stays below its folder', () => {
  const segment = fc.constantFrom('..', '.', '', 'a', '...', 'b c', '..b', '\\', 'C:');
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
      const path = memberPath(segments.join('/'));
      expect(path === null || join('/base/folder', path).startsWith('/base/folder')).toBe(true);
    }),
  );
});

describe('zip', () => {
  it('reads members with their hashes', async () => {
    const sha256 = createHash('sha256').update('strings = 4\n').digest('hex');
    const result = await read(await wheelWith());
    expect(result.kind === 'found' && result.value[0]).toMatchObject({
      path: 'violin/__init__.py',
      sha256,
      text: null,
    });
  });

  it('H4: refuses links', async () => {
    const file = await zipWith('violin.whl', [['violin/link', 'target']], 0o120777);
    expect(await refusal(file)).toMatch(/REFUSED.*link "violin\/link"/);
  });

  it('H4: refuses a member twice', async () => {
    const twice = [
      ['violin/a.py', '1'],
      ['violin//a.py', '2'],
    ] as const;
    expect(await refusal(await zipWith('violin.whl', twice))).toMatch(/REFUSED.*"violin\/a.py" twice/);
  });

  it.each(['../outside', 'violin/../../outside', '/absolute.py', 'C:/drive.py', 'violin\\a.py'])(
    'H4: refuses the path %s',
    async (path) => {
      expect(await refusal(await zipWith('violin.whl', [[path, '1']]))).toBe(
        `NXPYPI_ARCHIVE_REFUSED: The archive violin has a member with the unsafe path ${JSON.stringify(path)}.`,
      );
    },
  );

  it('H4: refuses what expands too much, hashed or not', async () => {
    const file = await zipWith('violin.whl', [['zeros', Buffer.alloc(300 * 1024 * 1024)]]);
    expect(await refusal(file)).toMatch(/REFUSED.*expands to more than/);
    const unread = await readArchive(file, 'violin', () => 'nothing');
    expect(unread.kind).toBe('problem');
  });
});

describe('tar', () => {
  const top: TarMember = { name: 'violin-1.0.0/PKG-INFO', content: 'Name: violin\n' };

  it('reads files, and no folders', async () => {
    const result = await read(await tarGzWith('v.tar.gz', [{ name: 'violin-1.0.0/', type: 'directory' }, top]));
    expect(result.kind === 'found' && result.value.map(({ path }) => path)).toStrictEqual([top.name]);
  });

  it.each([
    ['an absolute symlink', { name: 'violin-1.0.0/x', type: 'symlink' as const, to: '/etc/passwd' }],
    ['a symlink upwards', { name: 'violin-1.0.0/a/x', type: 'symlink' as const, to: '../../../etc/passwd' }],
    ['a symlink out of its top folder', { name: 'violin-1.0.0/x', type: 'symlink' as const, to: '../viola-1.0.0/x' }],
    ['a symlink with a backslash', { name: 'violin-1.0.0/x', type: 'symlink' as const, to: '..\\..\\x' }],
    ['a symlink to its own folder', { name: 'violin-1.0.0/x', type: 'symlink' as const, to: '.' }],
    ['a symlink to itself', { name: 'violin-1.0.0/x', type: 'symlink' as const, to: 'x' }],
    ['a hard link upwards', { name: 'violin-1.0.0/x', type: 'link' as const, to: '../etc/passwd' }],
    ['a hard link to another top folder', { name: 'violin-1.0.0/x', type: 'link' as const, to: 'viola-1.0.0/x' }],
    ['a pipe', { name: 'violin-1.0.0/x', type: 'fifo' as const }],
    ['a path upwards', { name: 'violin-1.0.0/../../x' }],
    ['an absolute path', { name: '/etc/x' }],
    ['a member twice', top],
    ['a member twice, spelled otherwise', { ...top, name: 'violin-1.0.0/./PKG-INFO' }],
  ])('H4: refuses %s', async (_, member) => {
    expect(await refusal(await tarGzWith('v.tar.gz', [top, member]))).toContain('NXPYPI_ARCHIVE_REFUSED');
  });

  it('H4: refuses what expands too much', async () => {
    const file = await tarGzWith('v.tar.gz', [{ name: 'zeros', content: Buffer.alloc(300 * 1024 * 1024) }]);
    expect(await refusal(file)).toMatch(/REFUSED.*expands to more than/);
  });

  it('reads long names', async () => {
    const name = `violin-1.0.0/${'deep/'.repeat(60)}é.py`;
    const result = await read(await tarGzWith('v.tar.gz', [{ name }]));
    expect(result.kind === 'found' && result.value[0]?.path).toBe(name);
  });
});

it.each([
  ['an empty file', Buffer.alloc(0)],
  ['text', Buffer.from('<html>Sign in</html>')],
  ['half a zip', Buffer.from('PK\u0003\u0004half')],
  ['half a gzip', Buffer.from([0x1f, 0x8b, 8, 0, 0])],
])('%s is a problem', async (_, bytes) => {
  const file = join(await temporaryFolder(), 'v');
  await writeFile(file, bytes);
  expect(await refusal(file)).toContain('NXPYPI_ARCHIVE_UNREADABLE');
});

it('a truncated archive is a problem', async () => {
  const whole = await readFile(
    await tarGzWith('v.tar.gz', [{ name: 'a', content: Buffer.from(String(Math.PI).repeat(5000)) }]),
  );
  const file = join(await temporaryFolder(), 'v.tar.gz');
  await writeFile(file, whole.subarray(0, whole.length - 20));
  expect(await refusal(file)).toContain('NXPYPI_ARCHIVE_UNREADABLE');
});
