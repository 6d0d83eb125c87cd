import { discoverPackages } from '@nx-pypi/manifests';
import { describe, expect, it } from 'vitest';
import { dependentsPolicy } from '../../../src/compose/request/dependents-policy.ts';
import type { NxPypiOptions } from '../../../src/options.ts';

function policyOf(settings: string, options: NxPypiOptions = {}) {
  const manifest = `[project]\nname = "cake"\nversion = "1"\ndependencies = ["flour", "egg"]\n${settings}`;
  const { packages } = discoverPackages(['pyproject.toml'], () => manifest);
  return dependentsPolicy(options, packages, new Map());
}

function edgesOf(settings: string, options: NxPypiOptions = {}): readonly string[] {
  const policy = policyOf(settings, options);
  if (policy.kind === 'problem') return [`${policy.problem.code}: ${policy.problem.message}`];
  return ['flour', 'egg'].map((name) => {
    const { follow, rewrite } = policy.value.edge('cake', name);
    return `${name} ${follow} ${rewrite}`;
  });
}

describe('F1, F3: the closest word on an edge counts', () => {
  const own = '[tool.nx-pypi]\nfollow = "always"\nrewrite = "floor"\n';
  const flour = '[tool.nx-pypi.dependencies.flour]\nfollow = "never"\n';
  const dependents = { rewrite: 'exact' } as const;
  const edges = [{ dependent: 'ca*', dependency: 'flour', follow: 'range', rewrite: 'compatible' }] as const;

  it.each<[string, string, NxPypiOptions, readonly string[]]>([
    ['nothing is said', '', {}, ['flour range style', 'egg range style']],
    ['nx.json', '', { dependents }, ['flour range exact', 'egg range exact']],
    ['the package over nx.json', own, { dependents }, ['flour always floor', 'egg always floor']],
    [
      'the edge in nx.json over the package',
      own,
      { dependents: { ...dependents, edges } },
      ['flour range compatible', 'egg always floor'],
    ],
    [
      'the package’s word on its dependency over all, where it says something',
      own + flour,
      { dependents: { ...dependents, edges } },
      ['flour never compatible', 'egg always floor'],
    ],
  ])('%s', (_what, settings, options, edgesThere) => {
    expect(edgesOf(settings, options)).toEqual(edgesThere);
  });

  it('a word that there is not, and a dependency that is none, are errors', () => {
    expect(edgesOf('[tool.nx-pypi.dependencies.flour]\nfollow = "sometimes"\n')).toEqual([
      "NXPYPI_BAD_OPTION: the option follow can't be 'sometimes'",
    ]);
    expect(edgesOf('[tool.nx-pypi.dependencies.flower]\nfollow = "never"\n')).toEqual([
      "NXPYPI_BAD_OPTION: cake says how it follows 'flower', which it does not need",
    ]);
  });
});
