import { zipWith, type Tree } from '@nx-pypi/testkit';

/** A wheel of `violin` 1.0.0; `changes` replace members, '' removes one. */
export function wheelWith(changes: Tree = {}): Promise<string> {
  const info = 'violin-1.0.0.dist-info';
  const members: Tree = {
    'violin/__init__.py': 'strings = 4\n',
    [`${info}/METADATA`]: METADATA,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: luthier 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/licenses/LICENSE`]: 'MIT',
    [`${info}/RECORD`]: 'violin/__init__.py,,\n',
    ...changes,
  };
  return zipWith(
    'violin-1.0.0-py3-none-any.whl',
    Object.entries(members).filter(([, text]) => text !== ''),
  );
}

export const METADATA = `Metadata-Version: 2.4
Name: violin
Version: 1.0.0
Summary: Four strings
Requires-Python: >=3.9
License-File: LICENSE
Requires-Dist: strings<2,>=1.2
Requires-Dist: rosin; extra == "care"
Provides-Extra: care

# Violin
`;
