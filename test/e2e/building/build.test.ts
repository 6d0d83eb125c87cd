import { header, headers } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { artifactsOf, hallWith, provenance } from './hall.ts';
import { manifests } from './manifests.ts';

describe.each(manifests)('$title', ({ tree }) => {
  it('builds sdist and wheel at the version, with the constraint and the provenance, and leaves the tree alone (law 7, I1)', async () => {
    const { builder, packageAt, play, repository } = await hallWith(tree);
    const pkg = await packageAt('violin');
    const { sdist, wheel } = artifactsOf(await play(pkg, '1.0.1', { constraints: { strings: '>=1.3,<2' } }));
    expect(sdist.filename).toBe('violin-1.0.1.tar.gz');
    expect(wheel.filename).toMatch(/^violin-1\.0\.1-py.+-none-any\.whl$/);
    for (const { metadata } of [sdist, wheel]) {
      expect(header(metadata, 'Version')).toBe('1.0.1');
      expect(
        headers(metadata, 'Requires-Dist')
          .join()
          .replaceAll(/[\s()]/g, ''),
      ).toMatch(/^strings(?:>=1\.3,<2|<2,>=1\.3)$/);
    }
    const facts = await builder.inspect(sdist.file, sdist.filename);
    expect(facts).toMatchObject({ kind: 'found', value: { kind: 'sdist', provenance } });
    expect(await repository.git('status', '--porcelain', '--ignored')).toBe('');
  });
});

it('D4: two builds of one stage ship the same, whatever the backend', async () => {
  for (const { title, tree } of manifests) {
    const { builder, packageAt, play } = await hallWith(tree);
    const pkg = await packageAt('violin');
    const first = artifactsOf(await play(pkg, '1.0.0', { constraints: { strings: '>=1.2' } }));
    const elsewhere = await hallWith(tree);
    const second = artifactsOf(
      await elsewhere.play(await elsewhere.packageAt('violin'), '1.0.0', {
        constraints: { strings: '>=1.2' },
        provenance: null,
      }),
    );
    for (const kind of ['wheel', 'sdist'] as const) {
      const comparison = await builder.compare(kind, first[kind].file, second[kind].file);
      expect({ title, kind, comparison }).toStrictEqual({
        title,
        kind,
        comparison: { kind: 'found', value: { kind: 'same' } },
      });
    }
  }
});
