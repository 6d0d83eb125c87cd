import { expect, it } from 'vitest';
import { buildEnvironment } from '../../src/building/build-environment.ts';
import { cleanLog, lastLines } from '../../src/building/clean-log.ts';

it.each([
  ['plain\ttext\n', 'plain\ttext\n'],
  ['\u001b[1;31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://x.example\u0007link\u001b]8;;\u001b\\', 'link'],
  ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
  ['section_start:1:x\r\u001b[0Kgone', 'section_start:1:x\ngone'],
  ['bell\u0007, null\u0000, bidi\u202e', 'bell, null, bidi'],
  ['Looking in https://user:secret@index.example/simple', 'Looking in https://index.example/simple'],
])('H3: cleanLog(%j) === %j', (text, clean) => {
  expect(cleanLog(text)).toBe(clean);
});

it('shows the last lines that are not empty, none too long', () => {
  expect(lastLines('one\n\ntwo\nthree\n\n', 2)).toBe('two\nthree');
  expect(lastLines('x'.repeat(1000), 1)).toHaveLength(401);
});

it('H2: a build sees the tools of the machine and none of its secrets', () => {
  const places = { bin: '/env/bin', home: '/room/home', temporary: '/room/tmp', ceiling: '/room' };
  const secrets = {
    CI_JOB_TOKEN: 'x',
    PIP_INDEX_URL: 'x',
    HTTPS_PROXY: 'x',
    SSH_AUTH_SOCK: 'x',
    GIT_DIR: 'x',
    PYTHONPATH: 'x',
  };
  const env = buildEnvironment({ PATH: '/usr/bin', HOME: '/home/clara', CC: 'clang', LC_ALL: 'C', ...secrets }, places);
  expect(env).toMatchObject({
    PATH: '/env/bin:/usr/bin',
    HOME: '/room/home',
    CC: 'clang',
    SOURCE_DATE_EPOCH: '1580601600',
  });
  expect(Object.keys(env).filter((name) => name in secrets)).toStrictEqual([]);
});
