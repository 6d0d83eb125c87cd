import { expect, it } from 'vitest';
import { deskAt, openEnsemble } from '../detect/ensemble.ts';

/** A build backend of the workspace, which hands on to setuptools, and a package that is built with it. */
const TREE = {
  'luthier/pyproject.toml':
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "workshop-of-the-luthier"\nversion = "1.0.0"\ndependencies = ["setuptools", "glue-of-the-luthier>=1"]\n\n[tool.setuptools]\npy-modules = ["luthier"]\n',
  'luthier/luthier.py':
    'import glue\nfrom setuptools.build_meta import *\nfrom setuptools import build_meta\n\n\ndef build_wheel(folder, settings=None, metadata=None):\n    with open("violin.py", "w") as file:\n        file.write("VARNISH = %r\\n" % glue.VARNISH)\n    return build_meta.build_wheel(folder, settings, metadata)\n',
  'glue/pyproject.toml':
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "glue-of-the-luthier"\nversion = "1.0.0"\n\n[tool.setuptools]\npy-modules = ["glue"]\n',
  'glue/glue.py': 'VARNISH = "amber"\n',
  'violin/pyproject.toml':
    '[build-system]\nrequires = ["setuptools", "workshop-of-the-luthier>=1"]\nbuild-backend = "luthier"\n\n[project]\nname = "violin"\nversion = "1.0.0"\n\n[tool.setuptools]\npy-modules = ["violin"]\n',
  'violin/violin.py': 'VARNISH = None\n',
};

it('F4: internal build requirements, and what they need, come from this run and later from the registry', async () => {
  const ensemble = await openEnsemble(TREE);
  await ensemble.publish();
  const found = await ensemble.detect();
  expect(Object.entries(found).map(([name, { verdict, by }]) => [name, verdict, by])).toEqual([
    ['glue-of-the-luthier', 'unchanged', 'digest'],
    ['workshop-of-the-luthier', 'unchanged', 'digest'],
    ['violin', 'unchanged', 'comparison'],
  ]);
});

it('F4: what a changed build requirement does to a package is seen once it is released', async () => {
  const ensemble = await openEnsemble(TREE);
  await ensemble.publish();
  deskAt(ensemble.root).write('glue/glue.py', 'VARNISH = "ruby"\n');
  await ensemble.commit('Varnish anew');
  await ensemble.publish({ run: { select: ['glue-of-the-luthier'] } });
  expect((await ensemble.detect())['violin']).toMatchObject({ verdict: 'changed', reasons: ['violin.py modified'] });
});

it('F4: one that nobody released is a problem that names it; no other index is asked', async () => {
  const { 'luthier/pyproject.toml': luthier } = TREE;
  const ensemble = await openEnsemble({
    ...TREE,
    'luthier/pyproject.toml': `${luthier}\n[tool.nx-pypi]\npublish = false\n`,
  });
  await expect(ensemble.publish()).rejects.toThrow(/workshop-of-the-luthier/);
});
