import { expect, it } from 'vitest';
import { changed } from '../reader-of.ts';

const MANIFEST = '[project]\nname = "grand-piano"\nversion = "1.2.3"\n';

it.each([
  [
    'src/grand_piano/__init__.py',
    '"""Keys."""\n__version__ = "1.2.3"  # kept\r\n',
    '"""Keys."""\n__version__ = "2.0"  # kept\r\n',
  ],
  ['grand_piano/__about__.py', "__version__: str = '1.2.3'\n", "__version__: str = '2.0'\n"],
  ['grand_piano/__init__.py', '__version__ = "1.2.2"\n', '__version__ = "1.2.2"\n'],
  [
    'grand_piano/__init__.py',
    'from .keys import __version__\nminimum = "1.2.3"\n',
    'from .keys import __version__\nminimum = "1.2.3"\n',
  ],
  ['grand_piano/__init__.py', '__version__ = "1.2" ".3"\n', '__version__ = "1.2" ".3"\n'],
])('%s: a __version__ that agrees follows, and nothing else', (file, before, after) => {
  const files = { 'hall/pyproject.toml': MANIFEST, [`hall/${file}`]: before };
  expect(changed(files, () => [{ kind: 'set-version', version: '2.0' }])).toEqual({
    'hall/pyproject.toml': MANIFEST.replace('1.2.3', '2.0'),
    [`hall/${file}`]: after,
  });
});

it('setup.cfg: too, beside the option', () => {
  const files = {
    'hall/setup.cfg': '[metadata]\nname = grand-piano\nversion = 1.2.3\n',
    'hall/grand_piano/_version.py': "__version__ = '1.2.3'\n",
  };
  expect(changed(files, () => [{ kind: 'set-version', version: '2.0' }])).toEqual({
    'hall/setup.cfg': '[metadata]\nname = grand-piano\nversion = 2.0\n',
    'hall/grand_piano/_version.py': "__version__ = '2.0'\n",
  });
});
