import { pythonWorkspace, type PackageSpec } from '@nx-pypi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, cases, type Place } from './backend-cases.ts';
import { deskAt, openEnsemble, type Finding } from './ensemble.ts';

describe.each(backends)('C2, D1 to D5 and E1 with %s: what the next run finds of', (backend) => {
  const endings: (() => Promise<unknown>)[] = [];
  let found: Readonly<Record<string, Finding>> = {};

  function placeOf(name: string): Place {
    const folder = `packages/${name}`;
    return { folder, module: name, source: `${folder}/src/${name}`, backend };
  }

  beforeAll(async () => {
    const specs = Object.entries(cases).map(([name, { spec }]): PackageSpec => ({
      name,
      backend,
      ...spec,
      files: { 'README.md': '# A piece\n\nFor strings.\n', ...spec?.files },
    }));
    const ensemble = await openEnsemble(
      pythonWorkspace(specs),
      (root) => {
        const desk = deskAt(root);
        for (const [name, { before }] of Object.entries(cases)) {
          desk.edit(`packages/${name}/pyproject.toml`, '\ndescription', '\nreadme = "README.md"\ndescription');
          before?.(desk, placeOf(name));
        }
      },
      { onTestFinished: (end: () => Promise<void>) => void endings.push(end) },
    );
    await ensemble.publish();
    const desk = deskAt(ensemble.root);
    for (const [name, { after }] of Object.entries(cases)) after(desk, placeOf(name));
    await ensemble.commit('Revise');
    found = await ensemble.detect();
  });

  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });

  it.each(Object.entries(cases).map(([name, one]) => ({ name, ...one })))('$title', ({ name, found: expected }) => {
    expect(found[name]).toMatchObject(expected(placeOf(name)));
  });
});
