import { expect, it } from 'vitest';
import { cargoVersion } from '../../src/version-sources/cargo-version.ts';

it.each([
  ['1.2.3', '1.2.3'],
  ['1.2', '1.2.0'],
  ['1.2.0rc1', '1.2.0-rc.1'],
  ['1.2.0a3', '1.2.0-alpha.3'],
  ['1.2.0b0', '1.2.0-beta.0'],
  ['1.2.0.dev4', '1.2.0-dev.4'],
  ['1.2.0rc1.dev4', '1.2.0-rc.1.dev.4'],
  ['1.2.3+hall.1', '1.2.3+hall.1'],
  ['1.2.3.4', null],
  ['1.2.3.post1', null],
  ['1!1.2.3', null],
  ['latest', null],
])('spells %s for Cargo as %s', (version, expected) => {
  expect(cargoVersion(version)).toBe(expected);
});
