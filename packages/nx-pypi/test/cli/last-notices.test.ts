import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { localRealm, startRegistry } from 'nx-pypi-registry';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';

test.each([['plan'], ['status'], ['publish', '--dry-run']])(
  'nx-pypi %s: that a token could not be proven is said once, at the end',
  async (...words) => {
    const registry = await startRegistry({ storage: await temporaryFolder(), realm: localRealm('right') });
    onTestFinished(async () => registry.close());
    const root = await temporaryFolder();
    const options = { registry: { url: registry.url, project: 'local/packages', group: 'local' } };
    await writeTree(root, {
      'nx.json': JSON.stringify({ plugins: [{ plugin: 'nx-pypi', options }] }),
      'flute/pyproject.toml': '[project]\nname = "flute"\nversion = "1.0.0"\n',
      'oboe/pyproject.toml': '[project]\nname = "oboe"\nversion = "1.0.0"\n',
    });
    await gitRepository(root);
    const said: string[] = [];
    await runCli(words, {
      cwd: root,
      env: { PATH: process.env['PATH'], NX_PYPI_URL: registry.url, NX_PYPI_TOKEN: 'gldt-of-nobody' },
      out: () => undefined,
      error: (line) => said.push(line),
    });
    const notices = said.filter((line) => line.includes('NXPYPI_CREDENTIAL_NOT_PROVEN'));
    expect(notices).toHaveLength(1);
    expect(said.slice(said.indexOf(notices[0] ?? '')).filter((line) => !line.startsWith('  '))).toEqual(notices);
  },
);
