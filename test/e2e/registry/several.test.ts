import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@nx-pypi/testkit';
import { localRealm, startRegistry } from 'nx-pypi-registry';
import { expect, it, onTestFinished } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';
import { clinicPackage } from './clinic.ts';

it('two registries: every package goes to its own, by Nx tag in nx and on the command line', async () => {
  const registry = await startRegistry({ storage: await temporaryFolder(), realm: localRealm('key-of-the-clinic') });
  onTestFinished(() => registry.close());
  const workspace = await nxWorkspace({
    packages: [],
    files: {
      ...clinicPackage('clinic-bandage'),
      ...clinicPackage('clinic-leaflet'),
      ...clinicPackage('clinic-poster'),
      'packages/clinic-leaflet/project.json': '{ "name": "clinic-leaflet", "tags": ["handout"] }',
      'packages/clinic-poster/project.json': '{ "name": "clinic-poster", "tags": ["handout"] }',
    },
    options: {
      registry: { url: registry.url, project: 'local/packages', group: 'local' },
      registries: { handouts: { packages: ['tag:handout'], registry: { directory: 'handouts' } } },
    },
  });
  const handouts = join(workspace.root, 'handouts');
  mkdirSync(handouts);
  const env = { NX_PYPI_URL: registry.url, NX_PYPI_TOKEN: 'key-of-the-clinic' };

  const byNx = await workspace.nx(['run-many', '-t', 'publish', '-p', 'clinic-bandage,clinic-leaflet'], env);
  expect(byNx).toMatchObject({ code: 0 });
  expect(existsSync(join(handouts, 'clinic-bandage'))).toBe(false);
  expect(readdirSync(join(handouts, 'clinic-leaflet')).filter((file) => file.endsWith('.whl'))).toHaveLength(1);

  const byCli = await workspace.cli(['publish'], env);
  expect(byCli).toMatchObject({ code: 0 });
  expect(readdirSync(handouts).toSorted()).toEqual(['clinic-leaflet', 'clinic-poster', 'index.html']);
  const uploaded = registry.requests.filter(({ method, status }) => method === 'POST' && status === 201);
  expect(uploaded).toHaveLength(2);

  const doctor = await workspace.cli(['doctor'], env);
  expect(doctor).toMatchObject({ code: 0 });
  expect(doctor.text).toContain('registry handouts');
  expect(doctor.text).toContain('NX_PYPI_TOKEN');
  expect(doctor.text).not.toContain('key-of-the-clinic');
});
