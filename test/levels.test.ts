import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelTable } from '@nx-pypi/release';
import { compareVersions, parseVersion, publicVersion } from '@nx-pypi/standards';
import { describe, expect, it } from 'vitest';
import { levelsPage } from '../tools/levels/page.ts';

describe('docs/levels.md', () => {
  it('says what the code does', () => {
    const page = readFileSync(join(import.meta.dirname, '../docs/levels.md'), 'utf8');
    expect(page, 'run: npx tsx --conditions=nx-pypi-source tools/levels/main.ts').toBe(levelsPage());
  });

  it('leads forward from every kind of version, by every level that is not refused', () => {
    for (const { from, to } of levelTable()) {
      for (const [level, text] of Object.entries(to)) {
        if (text === null) continue;
        const [before, after] = [parseVersion(from), parseVersion(text)];
        if (before === null || after === null) throw new Error(`${from} by ${level} is no version: ${text}`);
        expect(compareVersions(after, publicVersion(before)), `${from} by ${level}`).toBeGreaterThan(0);
      }
    }
  });
});
