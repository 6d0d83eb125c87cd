import { expect, it } from 'vitest';
import { onlyPackage, type Files } from '../reader-of.ts';

const LUTE = { follow: 'never', rewrite: null };
const HORN = { follow: null, rewrite: 'exact' };

it.each<[what: string, files: Files]>([
  [
    'tables of pyproject.toml',
    {
      'pyproject.toml':
        '[project]\nname = "tuba"\nversion = "1"\n[tool.nx-pypi.dependencies.Brass_Horn]\nrewrite = "exact"\n[tool.nx-pypi.dependencies.lute]\nfollow = "never"\n',
    },
  ],
  [
    'inline tables beside Poetry’s',
    {
      'pyproject.toml':
        '[tool.poetry]\nname = "tuba"\nversion = "1"\n[tool.nx-pypi]\ndependencies = { "brass.horn" = { rewrite = "exact" }, lute = { follow = "never" } }\n',
    },
  ],
  [
    'sections of setup.cfg',
    {
      'setup.cfg':
        '[metadata]\nname = tuba\nversion = 1\n[nx-pypi.dependencies.brass-horn]\nrewrite = exact\n[nx-pypi.dependencies.lute]\nfollow = never\n',
    },
  ],
  [
    'pyproject.toml beside setup.cfg, which counts for less',
    {
      'setup.cfg': '[metadata]\nname = tuba\nversion = 1\n[nx-pypi.dependencies.viol]\nfollow = never\n',
      'pyproject.toml': '[tool.nx-pypi.dependencies]\nbrass-horn.rewrite = "exact"\nlute.follow = "never"\n',
    },
  ],
])('F1: a package says how it follows single dependencies, in %s', (_what, files) => {
  expect(onlyPackage(files).settings.dependencies).toEqual({ 'brass-horn': HORN, lute: LUTE });
});

it('a package that says nothing of single dependencies has no such settings', () => {
  const files = { 'pyproject.toml': '[project]\nname = "tuba"\nversion = "1"\n[tool.nx-pypi]\nfollow = "always"\n' };
  expect(onlyPackage(files).settings).toMatchObject({ follow: 'always' });
  expect(onlyPackage(files).settings).not.toHaveProperty('dependencies');
});
