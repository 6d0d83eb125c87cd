import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { pushQueue } from '../../src/afterwards/tags/push-queue.ts';
import { patternProblem, TAG_PATTERN, tagName } from '../../src/afterwards/tags/tag-name.ts';

it.each([
  [TAG_PATTERN, 'opera-score@1.0.1'],
  ['{name}-v{version}', 'opera-score-v1.0.1'],
  ['releases/{name}/{version}', 'releases/opera-score/1.0.1'],
])('%s names the tag %s', (pattern, tag) => {
  expect(patternProblem(pattern)).toBeNull();
  expect(tagName(pattern, { name: 'opera-score', version: '1.0.1' })).toBe(tag);
});

it.each([
  'v{version}',
  '{name}',
  '{name} {version}',
  '-{name}@{version}',
  '{name}..{version}',
  '{name}:{version}',
  '{name}@{version}/',
])('%s is refused', (pattern) => {
  expect(patternProblem(pattern)).toMatchObject({ code: 'NXPYPI_BAD_OPTION' });
});

it('pushes what gathers during a push together, and tells each its own problem', async () => {
  const pushes: (readonly string[])[] = [];
  const problem = { code: 'NXPYPI_GIT_FAILED', message: 'no', hint: 'look' };
  const push = pushQueue(async (names) => {
    pushes.push(names);
    await setImmediate();
    return new Map(names.filter((name) => name === 'cast').map((name) => [name, problem]));
  });
  const first = push('score');
  await Promise.resolve();
  const told = await Promise.all([first, push('cast'), push('night')]);
  expect(told).toEqual([null, problem, null]);
  expect(pushes).toEqual([['score'], ['cast', 'night']]);
  expect(await push('cast')).toEqual(problem);
});
