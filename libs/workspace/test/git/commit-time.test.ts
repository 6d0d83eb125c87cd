import { gitRepository, temporaryFolder } from '@nx-pypi/testkit';
import { commitTime } from '@nx-pypi/workspace';
import { expect, it } from 'vitest';

it('tells when a commit was made, and nothing of one that this clone does not hold', async () => {
  const { root, commit } = await gitRepository(await temporaryFolder());
  const revision = await commit('Bake', { 'bread.txt': 'rye\n' });
  const told = await commitTime(root, revision, process.env);
  expect(Date.parse(told ?? '')).toBe(Date.parse('2024-01-01T12:00:00Z'));
  expect(await commitTime(root, 'c0ffee'.repeat(6) + 'c0ff', process.env)).toBeNull();
});

it.each(['', 'HEAD', '--output=stolen', 'main'])('takes %j for no commit', async (revision) => {
  expect(await commitTime(await temporaryFolder(), revision, process.env)).toBeNull();
});
