import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../nx-workspace.ts';

it('npm run demo: first release, nothing to do, one edit, installed and run, the graph', async () => {
  const { code, text } = await run('npm', ['run', 'demo'], { root: join(import.meta.dirname, '../../..') });
  expect(code, text).toBe(0);
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = text.split('━━ ').slice(1);
  expect(first).toContain('plan: 13 to release, 0 up to date');
  expect(first.indexOf('orchestra-pitch  1.4.2 published')).toBeLessThan(
    first.indexOf('orchestra-concert  2.1.0 published'),
  );
  expect(second).toContain('plan: 0 to release, 13 up to date');
  expect(second).toContain('orchestra-concert  2.1.0 is up to date: same source as the released version');
  expect(third).toContain('plan: 2 to release, 11 up to date');
  expect(third).toContain('orchestra-brass  1.0.4 → 1.0.5 published (2 files): orchestra-instrument ==1.3.0 → ==1.3.1');
  expect(fourth).toMatch(/orchestra-brass +1\.0\.5/);
  expect(fourth).toContain('The Monorepo Philharmonic');
  expect(fifth).toMatch(/orchestra-concert +→ orchestra-arrangement, orchestra-programme, orchestra-score/);
  expect(text).toContain('Where to go next');
});
