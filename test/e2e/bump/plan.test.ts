import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';

const PITCH = 'packages/pitch/src/orchestra_pitch/__init__.py';

/** uv makes build environments faster; pip does without it. */
function withTools(): Readonly<Record<string, string>> {
  const tools = join(import.meta.dirname, '../../../.python/tools/bin');
  const path = process.env['PATH'] ?? '';
  return { PATH: existsSync(tools) ? `${tools}${delimiter}${path}` : path };
}

it('a plan in a file: bump --plan writes exactly it, publish --plan publishes it, both refuse where the repository moved', async () => {
  const orchestra = await nxWorkspace({ packages: 'orchestra' });
  const env = withTools();
  const read = (path: string): string => readFileSync(join(orchestra.root, path), 'utf8');
  const released = await orchestra.cli(['publish', '--new', 'all'], env);
  expect(released.code, released.text).toBe(0);
  await orchestra.commit('feat!: tune lower', { [PITCH]: `${read(PITCH)}\nLOWER = True\n` });
  const planned = await orchestra.cli(
    ['plan', '--level', 'auto', '--out', '.nx/plan.json', '--notes', '.nx/notes'],
    env,
  );
  expect(planned.text).toContain('orchestra-pitch        1.4.2 → 2.0.0');
  expect(read('.nx/notes/orchestra-pitch-2.0.0.md')).toBe(
    'Changes since 1.4.2:\n\n### Changed\n\n- **Breaking:** Tune lower\n',
  );
  expect(await orchestra.git('status', '--porcelain')).toBe('');
  const bumped = await orchestra.cli(['bump', '--plan', '.nx/plan.json', '--yes'], env);
  expect(bumped.code, bumped.text).toBe(0);
  expect(read('packages/pitch/pyproject.toml')).toContain('"2.0.0"');
  expect((await orchestra.git('diff', '--stat')).split('\n').at(-1)).toContain('7 files changed');
  const again = await orchestra.cli(['bump', '--plan', '.nx/plan.json', '--yes'], env);
  expect(again.text).toContain('every manifest says so already');
  await orchestra.git('checkout', '--quiet', '.');
  const published = await orchestra.cli(['publish', '--plan', '.nx/plan.json'], env);
  expect(published.code, published.text).toBe(0);
  expect(published.text).toMatch(/orchestra-pitch +1\.4\.2 → 2\.0\.0 published/);
  expect(published.text).toContain('7 published');
  await orchestra.commit('fix: tune again', { [PITCH]: `${read(PITCH)}\nLOWER = False\n` });
  const stale = await orchestra.cli(['bump', '--plan', '.nx/plan.json', '--yes'], env);
  expect(stale.code).toBe(1);
  expect(stale.text).toContain('NXPYPI_PLAN_STALE: the plan no longer fits orchestra-pitch: its sources changed');
  const refused = await orchestra.cli(['publish', '--plan', '.nx/plan.json'], env);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('NXPYPI_PLAN_STALE: the plan no longer fits orchestra-pitch: its sources changed');
  expect(await orchestra.git('status', '--porcelain')).toBe('');
});

it('what a bump wrote is what is published, and then there is nothing to do', async () => {
  const orchestra = await nxWorkspace({ packages: 'orchestra' });
  const env = withTools();
  await orchestra.cli(['publish', '--new', 'all'], env);
  const bumped = await orchestra.cli(['bump', 'orchestra-pitch', '--level', 'major', '--yes', '--commit'], env);
  expect(bumped.code, bumped.text).toBe(0);
  const published = await orchestra.cli(['publish', '--notes', '.nx/notes'], env);
  expect(published.text).toMatch(/orchestra-pitch +1\.4\.2 → 2\.0\.0 published/);
  const read = (path: string): string => readFileSync(join(orchestra.root, path), 'utf8');
  expect(readdirSync(join(orchestra.root, '.nx/notes'))).toHaveLength(7);
  expect(read('.nx/notes/orchestra-brass-1.0.5.md')).toBe(
    'Changes since 1.0.4:\n\n### Changed\n\n- Requires orchestra-instrument ==1.3.1\n',
  );
  expect(published.text).toContain('7 published');
  expect((await orchestra.cli(['publish'], env)).text).not.toContain('published');
});
