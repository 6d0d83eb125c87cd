import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { describe, expect, it } from 'vitest';
import { run } from '../nx-workspace.ts';

const CLI = join(import.meta.dirname, '../../../packages/nx-pypi/bundle/cli.js');

const good = (name: string, rest = ''): string =>
  `[project]\nname = "${name}"\nversion = "1.0.0"\n${rest}[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n`;

interface Listing {
  readonly packages: readonly { readonly name: string }[];
  readonly problems: readonly {
    readonly code: string;
    readonly where?: string;
    readonly hint: string;
    readonly message: string;
  }[];
}

async function list(root: string): Promise<{ readonly code: number; readonly listing: Listing }> {
  const { code, text } = await run(process.execPath, [CLI, 'list', '--json'], { root });
  return { code, listing: JSON.parse(text) as Listing };
}

describe('whatever a folder holds, all other packages are found', () => {
  it('gives each bad manifest a problem with its place and a remedy', async () => {
    const root = await temporaryFolder();
    await writeTree(root, {
      'good/flute/pyproject.toml': good('flute'),
      'good/bom/pyproject.toml': `\u{feff}${good('bom')}`,
      'good/crlf/pyproject.toml': good('crlf').replaceAll('\n', '\r\n'),
      'bad/toml/pyproject.toml': '[project]\nname = "broken\n',
      'bad/empty/pyproject.toml': '',
      'bad/twice-a/pyproject.toml': good('Twice'),
      'bad/twice-b/pyproject.toml': good('twice'),
      'bad/left/pyproject.toml': good('left', 'dependencies = ["right>=1"]\n'),
      'bad/right/pyproject.toml': good('right', 'dependencies = [\n  "left",\n]\n'),
      'bad/self/pyproject.toml': good('self', 'dependencies = ["self>=1"]\n'),
      'good/huge/pyproject.toml': good('huge', `keywords = [\n${'  "a note among many",\n'.repeat(480_000)}]\n`),
    });
    await writeTree(root, { 'bad/bytes/.keep': '', 'bad/loop/.keep': '', 'bad/gone/.keep': '' });
    writeFileSync(join(root, 'bad/bytes/pyproject.toml'), Buffer.from([0x5b, 0xff, 0xfe, 0x5d, 0x0a]));
    symlinkSync('pyproject.toml', join(root, 'bad/loop/pyproject.toml'));
    symlinkSync('../nowhere.toml', join(root, 'bad/gone/pyproject.toml'));
    await gitRepository(root);
    const { code, listing } = await list(root);
    expect(code).toBe(0);
    expect(listing.packages.map((pkg) => pkg.name).toSorted()).toEqual([
      'Twice',
      'bom',
      'crlf',
      'flute',
      'huge',
      'left',
      'right',
      'self',
      'twice',
    ]);
    const told = listing.problems.map((problem) => `${problem.code} ${problem.where ?? ''}`);
    expect(told.toSorted()).toEqual([
      'NXPYPI_BAD_TOML bad/toml/pyproject.toml:2',
      'NXPYPI_DEPENDENCY_CYCLE bad/left/pyproject.toml:4',
      'NXPYPI_DUPLICATE_NAME bad/twice-a/pyproject.toml',
      'NXPYPI_EMPTY_MANIFEST bad/empty/pyproject.toml',
      'NXPYPI_NOT_UTF8 bad/bytes/pyproject.toml',
      'NXPYPI_NOT_UTF8 bad/gone/pyproject.toml',
      'NXPYPI_NOT_UTF8 bad/loop/pyproject.toml',
      'NXPYPI_SELF_DEPENDENCY bad/self/pyproject.toml:4',
    ]);
    for (const problem of listing.problems) expect(problem.hint.length).toBeGreaterThan(10);
  });

  it('does not walk into a circle of folders outside git', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'packages/flute/pyproject.toml': good('flute') });
    symlinkSync('..', join(root, 'packages/again'));
    const { code, listing } = await list(root);
    expect(code).toBe(0);
    expect(listing.packages.map((pkg) => pkg.name)).toEqual(['flute']);
  });
});

it('a reader that has seen enough ends the output, not the command', async () => {
  const root = await temporaryFolder();
  await writeTree(root, { 'flute/pyproject.toml': good('flute') });
  const { code, text } = await run(
    'sh',
    ['-c', `"${process.execPath}" "${CLI}" list --json | true; "${process.execPath}" "${CLI}" --help | head -1`],
    { root },
  );
  expect(code).toBe(0);
  expect(text).not.toContain('EPIPE');
});
