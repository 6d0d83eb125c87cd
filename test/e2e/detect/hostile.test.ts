import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pythonWorkspace, zipWith } from '@nx-pypi/testkit';
import type { RunningRegistry } from 'nx-pypi-registry';
import { expect, it } from 'vitest';
import { TOKEN } from '../publish/theatre.ts';
import { deskAt, openEnsemble } from './ensemble.ts';

const SYMLINK = 0o120777;

/** Wheels that someone released, by the package's name: what they hold beside their metadata, and the mode of all. */
const baselines: Readonly<Record<string, { readonly members: readonly string[]; readonly mode?: number }>> = {
  'siren-above': { members: ['../siren.py'] },
  'siren-absolute': { members: ['/siren.py'] },
  'siren-twice': { members: ['siren.py', 'siren.py'] },
  'siren-link': { members: ['siren.py'], mode: SYMLINK },
};

function refused(module: string, said: string): string {
  return `NXPYPI_ARCHIVE_REFUSED: The archive ${module}-1.0.0-py3-none-any.whl ${said}.`;
}

async function release(name: string, registry: RunningRegistry): Promise<void> {
  const { members, mode } = baselines[name] ?? { members: [] };
  const module = name.replaceAll('-', '_');
  const info = `${module}-1.0.0.dist-info`;
  const file = await zipWith(
    `${module}-1.0.0-py3-none-any.whl`,
    [
      [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0.0\n`],
      [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: sirens\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
      [`${info}/RECORD`, ''],
      ...members.map((path) => [path, 'x'] as const),
    ],
    mode,
  );
  const content = readFileSync(file);
  const form = new FormData();
  form.set('name', name);
  form.set('version', '1.0.0');
  form.set('sha256_digest', createHash('sha256').update(content).digest('hex'));
  form.set('content', new Blob([content]), basename(file));
  const response = await fetch(`${registry.url}/api/v4/projects/local%2Fpackages/packages/pypi`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`conductor:${TOKEN}`).toString('base64')}` },
    body: form,
  });
  expect(response.status).toBe(201);
}

it('H4: hostile baselines and symlinks that leave the workspace stop their packages, and all others go on', async () => {
  const names = [...Object.keys(baselines), 'deserter', 'ulysses'];
  const ensemble = await openEnsemble(pythonWorkspace(names.map((name) => ({ name }))), (root) =>
    deskAt(root).link('packages/deserter/src/deserter/away.py', '/etc/hostname'),
  );
  for (const name of Object.keys(baselines)) await release(name, ensemble.registry);
  await expect(ensemble.publish()).rejects.toThrow('NXPYPI_ARCHIVE_REFUSED');
  const found = await ensemble.detect();
  expect(Object.fromEntries(names.map((name) => [name, found[name]?.problem ?? found[name]?.verdict]))).toEqual({
    'siren-above': refused('siren_above', 'has a member with the unsafe path "../siren.py"'),
    'siren-absolute': refused('siren_absolute', 'has a member with the unsafe path "/siren.py"'),
    'siren-twice': refused('siren_twice', 'has the member "siren.py" twice'),
    'siren-link': refused('siren_link', 'has the link "siren_link-1.0.0.dist-info/METADATA"'),
    deserter: expect.stringMatching(
      /^NXPYPI_STAGE_LEAVES_WORKSPACE: The symlink packages\/deserter\/.* points to \/etc\//,
    ),
    ulysses: 'unchanged',
  });
});
