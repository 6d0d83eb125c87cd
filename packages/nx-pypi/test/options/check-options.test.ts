import { describe, expect, test } from 'vitest';
import { checkOptions } from '../../src/options/check/check-options.ts';
import { nearest } from '../../src/options/check/nearest.ts';
import { optionsSchema } from '../../src/options/check/schema.ts';
import type { NxPypiOptions } from '../../src/options.ts';

const schema = optionsSchema();

describe('options that fit', () => {
  test.each<[string, NxPypiOptions]>([
    ['none', {}],
    ['GitLab in CI', { registry: 'gitlab' }],
    ['a GitLab', { registry: { url: 'https://gitlab.example.com', project: 42, group: 'orchestra', keyring: true } }],
    [
      'an index',
      { registry: { uploadUrl: 'https://a.example/', indexUrl: 'https://a.example/simple/', caFile: 'ca.pem' } },
    ],
    ['a folder', { registry: { directory: '/srv/index' } }],
    [
      'several registries',
      { registries: { open: { packages: ['tag:open'], registry: { directory: 'open' } } }, registry: 'embedded' },
    ],
    ['target names', { publishTargetName: false, buildTargetName: 'bake' }],
    ['lines', { releaseBranches: { main: '*' }, unavailable: { viola: ['1.0'] }, concurrency: 4 }],
  ])('%s', (_title, options) => {
    expect(checkOptions(options, schema)).toEqual([]);
  });
});

describe('options that do not', () => {
  test.each<[string, unknown, string, string, string]>([
    ['a misspelt name', { regstry: 'gitlab' }, '', "has no option 'regstry'", "did you mean 'registry'?"],
    ['another word', { volume: 11 }, '', "has no option 'volume'", 'there are'],
    [
      'a misspelt name inside',
      { registry: { url: 'https://a', projct: 1 } },
      'registry',
      "has no option 'projct'",
      "'project'",
    ],
    ['half an index', { registry: { uploadUrl: 'https://a' } }, 'registry', "has no 'indexUrl'", 'indexUrl'],
    ['a word that is no registry', { registry: 'pypi' }, 'registry', 'can\'t be "pypi"', '"embedded", "gitlab"'],
    ['a number', { registry: 7 }, 'registry', "can't be 7", 'options.schema.json'],
    ['text for a number', { concurrency: '8' }, 'concurrency', 'can\'t be "8"', 'an integer'],
    ['too few', { concurrency: 0 }, 'concurrency', "can't be 0", '1 or more'],
    ['text for a list', { adopt: 'host/path' }, 'adopt', 'can\'t be "host/path"', 'a list'],
    ['a wrong entry', { publish: { include: ['viola', 3] } }, 'publish.include[1]', "can't be 3", 'a text'],
    [
      'a route without packages',
      { registries: { open: { registry: 'gitlab' } } },
      'registries.open',
      "has no 'packages'",
      'packages',
    ],
    [
      'a route that takes nothing',
      { registries: { open: { packages: [], registry: 'gitlab' } } },
      'registries.open.packages',
      "can't be []",
      '1 or more',
    ],
    ['true for a target name', { publishTargetName: true }, 'publishTargetName', "can't be true", ''],
    ['a list for the whole', [], '', "can't be []", 'an object'],
  ])('%s', (_title, ...[options, path, message, hint]) => {
    const faults = checkOptions(options, schema);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ path, hint: expect.stringContaining(hint) });
    expect(faults[0]?.message).toContain(message);
  });

  test('every fault is told, not the first alone', () => {
    expect(checkOptions({ a: 1, b: 2, concurrency: 'x' }, schema)).toHaveLength(3);
  });
});

test.each<[string, string | null]>([
  ['regstry', 'registry'],
  ['Registry', 'registry'],
  ['bmup', 'bump'],
  ['volume', null],
  ['', null],
])('%j is nearest to %j', (word, expected) => {
  expect(nearest(word, ['registry', 'registries', 'bump', 'bundle'])).toBe(expected);
});
