import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWorkspace } from '@nx-pypi/testkit';
import { runCli } from 'nx-pypi/internal';
import { expect, it } from 'vitest';
import { credentialOf, registryOptions } from '../publish/theatre.ts';
import { deskAt, openEnsemble, type Ensemble } from './ensemble.ts';

/** What `nx-pypi` prints, in this process; what every machine and day has of its own is left out. */
async function said(ensemble: Ensemble, words: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const env = { ...process.env, ...credentialOf(ensemble.registry) };
  const code = await runCli(words, { cwd: ensemble.root, env, out: say, error: say });
  const plain = lines.map((line) =>
    line.replace(/(?<=hatchling )[\d.]+/, 'N').replace(/(?<=commit )[0-9a-f]{12}/, 'C'),
  );
  return [...plain, `exit code ${code}`];
}

it('why shows what differs from the registry, what a dependent follows, and why the rest stays', async () => {
  const ensemble = await openEnsemble(
    pythonWorkspace([
      { name: 'gut', version: '1.0.0' },
      { name: 'strings', dependencies: ['gut>=1,<1.1'] },
      { name: 'violin', dependencies: ['strings>=1.0,<1.0.1'] },
    ]),
    (root) => writeFileSync(join(root, 'packages/gut/src/gut/tone.bin'), Buffer.from([0, 1, 2])),
  );
  const desk = deskAt(ensemble.root);
  const plugin = { plugin: 'nx-pypi', options: registryOptions(ensemble.registry) };
  desk.write('nx.json', JSON.stringify({ plugins: [plugin] }));
  await ensemble.commit('Configure');
  await ensemble.publish();
  desk.edit('packages/gut/pyproject.toml', 'description = "', 'description = "Fine ');
  desk.edit('packages/gut/src/gut/__init__.py', 'NAME', 'TITLE');
  desk.chmod('packages/gut/src/gut/__init__.py', 0o755);
  desk.write('packages/gut/src/gut/knot.py', 'LOOPS = 2\n');
  writeFileSync(join(ensemble.root, 'packages/gut/src/gut/tone.bin'), Buffer.from([0, 1, 2, 3]));
  await ensemble.commit('Twist');

  const gut = await said(ensemble, ['why', 'gut', '--level', 'minor']);
  expect(gut.join('\n')).toBe(`gut 1.0.0 → 1.1.0 would be released  (packages/gut)
manifest  packages/gut/pyproject.toml says 1.0.0
baseline  1.0.0, published by nx-pypi/0.1.0, built with hatchling N
          from commit C of 2024-01-01T12:00:00+00:00 on main
          gut-1.0.0-py3-none-any.whl, gut-1.0.0.tar.gz
verdict   changed: built at 1.0.0, it differs from what was released
reasons   gut/__init__.py modified and 2 more
          metadata: Summary

metadata
  Summary: Generated package gut → Fine Generated package gut

gut/__init__.py: now executable
--- a/gut/__init__.py
+++ b/gut/__init__.py
@@ -1,3 +1,3 @@
 """Generated package gut."""
 
-NAME = "gut"
+TITLE = "gut"

--- /dev/null
+++ b/gut/knot.py
@@ -0,0 +1,1 @@
+LOOPS = 2

gut/tone.bin modified: 3 bytes, sha256 ae4b3280e56e2faf… → 4 bytes, sha256 054edec1d0211f62…
exit code 0`);

  const violin = await said(ensemble, ['why', 'Violin', '--set', 'gut=minor']);
  expect(violin[0]).toBe('violin 1.0.0 → 1.0.1 would be released  (packages/violin)');
  expect(violin).toContain('verdict   unchanged by itself: same source digest as the baseline, nothing was built');
  expect(violin.slice(-5)).toEqual([
    'first cause: gut',
    '  gut      1.0.0 → 1.1.0  gut/__init__.py modified and 2 more; metadata: Summary',
    '  strings  1.0.0 → 1.0.1  gut <1.1,>=1 → >=1.1.0,<1.2',
    '  violin   1.0.0 → 1.0.1  strings <1.0.1,>=1.0 → >=1.0.1,<1.1.0',
    'exit code 0',
  ]);

  const json = await said(ensemble, ['why', 'strings', '--json']);
  expect(JSON.parse(json.slice(0, -1).join('\n'))).toMatchObject({
    name: 'strings',
    verdict: 'unchanged',
    by: 'digest',
    decision: { kind: 'keep', version: '1.0.0' },
    baseline: { version: '1.0.0', provenance: { ref: 'main' } },
    files: [],
    causes: [],
  });
  expect((await said(ensemble, ['why', 'viola'])).join('\n').split('\n')).toEqual([
    'NXPYPI_NO_PACKAGE: this workspace has no package named viola',
    '  what to do: nx-pypi list shows those that there are',
    'exit code 1',
  ]);
});
