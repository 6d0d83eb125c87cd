import { gitRepository, temporaryFolder, writeTree } from '@nx-pypi/testkit';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';

test.each(['plan', 'status'])('nx-pypi %s tells of manifests that it cannot take as packages', async (word) => {
  const root = await temporaryFolder();
  await writeTree(root, {
    'nx.json': JSON.stringify({ plugins: ['nx-pypi'] }),
    'pie/pyproject.toml': '[project]\nname = "<NAME>"\nversion = "1.0.0"\n',
    'tart/pyproject.toml': '[project]\nname = "tart"\nversion = "1.0.0"\n',
  });
  await gitRepository(root);
  const said: string[] = [];
  const error = (line: string): void => void said.push(line);
  await runCli([word], { cwd: root, env: { PATH: process.env['PATH'] }, out: () => undefined, error });
  expect(said).toContain("NXPYPI_INVALID_NAME: '<NAME>' in pie/pyproject.toml cannot name a distribution (PEP 508).");
});
