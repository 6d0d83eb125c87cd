import { describe, expect, it } from 'vitest';
import { wantedNames } from '../src/wanted.ts';

describe('wantedNames', () => {
  const wanted = wantedNames(new Set(['orchestra-tuba']));

  it.each([
    ['orchestra-tuba', true],
    [' Orchestra._Tuba [mute] >=1', true],
    ['orchestra.tuba@ file:../tuba', true],
    ['orchestra_tuba-; x', true],
    ['orchestra', false],
    ['orchestra-tuba-extra', false],
    ['', false],
    ['>=1', false],
  ])('judges a requirement by its name (PEP 508): %o', (written, answer) => {
    expect(wanted.requirement(written)).toBe(answer);
  });

  it.each([
    [{ requires: ['hatchling'] }, false],
    [{ requires: ['hatchling', 'orchestra.tuba>1'] }, true],
    [{ dev: ['ruff', { 'include-group': 'brass' }] }, true],
    [{ dev: [] }, false],
  ])('judges a table of lists by their members: %o', (table, answer) => {
    expect(wanted.within(table)).toBe(answer);
  });
});
