import fc from 'fast-check';
import { parseRequirement } from '@nx-pypi/standards';
import type { Requirement } from '@nx-pypi/standards';
import { expect, it } from 'vitest';
import { withSpecifier } from '../../src/edits/with-specifier.ts';

it.each([
  ['tuba', 'tuba>=2,<3'],
  ['tuba>=1', 'tuba>=2,<3'],
  ['tuba ~= 1.12', 'tuba >= 2, < 3'],
  ['tuba >=1, <2', 'tuba >=2, <3'],
  ['tuba >= 1 , < 2; os_name == "nt"', 'tuba >= 2 , < 3; os_name == "nt"'],
  ['tuba (>= 1,< 2)', 'tuba (>= 2,< 3)'],
  ['tuba[low, high] >=1 ; python_version < "3.9"', 'tuba[low, high] >=2,<3 ; python_version < "3.9"'],
  ["tuba; extra == 'x'", "tuba>=2,<3; extra == 'x'"],
  ['tuba (>=1,<2)', 'tuba (>=2,<3)'],
  ['tuba @ file:///hall/tuba', 'tuba>=2,<3'],
  ['tuba[low] @ {root:parent:uri}/tuba ; os_name == "nt"', 'tuba[low]>=2,<3 ; os_name == "nt"'],
])('%s becomes %s', (before, after) => {
  expect(withSpecifier(before, '>=2,<3')).toBe(after);
});

it('can leave a bare name', () => {
  expect(withSpecifier('tuba >=1 ; os_name == "nt"', '')).toBe('tuba ; os_name == "nt"');
  expect(withSpecifier('tuba (>=1)', '')).toBe('tuba ()');
});

it('says null of what is no requirement', () => {
  expect(withSpecifier('-e ../tuba', '>=1')).toBeNull();
});

it('keeps name, extras and marker of any requirement', () => {
  const requirement = fc.tuple(
    fc.constantFrom('tuba', 'Double.Bass', 'oboe_d-amore'),
    fc.constantFrom('', '[a]', ' [a , b]'),
    fc.constantFrom('', '>=1', ' ==1.*, !=1.5', ' (<2)', ' @ https://hall.example/x.whl '),
    fc.constantFrom('', ' ; python_version >= "3.9"'),
  );
  fc.assert(
    fc.property(requirement, fc.constantFrom('>=2,<3', '~=4.0', ''), (parts, specifier) => {
      const before = requirementOf(parts.join(''));
      const after = requirementOf(withSpecifier(parts.join(''), specifier) ?? '');
      const { name, extras, marker } = before;
      expect({ ...after, specifier: after.specifier.replaceAll(' ', '') }).toMatchObject({
        name,
        extras,
        marker,
        specifier,
        url: null,
      });
    }),
  );
});

function requirementOf(text: string): Requirement {
  const result = parseRequirement(text);
  if (result.kind === 'error') {
    throw new Error(`${text}: ${result.message}`);
  }
  return result.requirement;
}
