import { describe, expect, test } from 'vitest';
import { routeOf } from '../../../src/compose/registries/route.ts';
import type { RegistryRouteOption } from '../../../src/options.ts';

function takes(...packages: readonly string[]): RegistryRouteOption {
  return { packages, registry: { directory: 'pantry' } };
}

const byName = { scores: takes('score-*', 'libretto'), stage: takes('{lights,curtain}') };
const byTag = { open: takes('tag:open', 'programme'), closed: takes('tag:house-*') };

describe('which registry a package goes to', () => {
  test.each<[string, string | null]>([
    ['libretto', 'scores'],
    ['score-strings', 'scores'],
    ['curtain', 'stage'],
    ['tuba', null],
    ['librettos', null],
  ])('%s by name or glob: %s', (name, registry) => {
    expect(routeOf(name, undefined, byName)).toEqual({ kind: 'found', value: registry });
  });

  test.each<[readonly string[], string | null]>([
    [['open'], 'open'],
    [['brass', 'house-staff'], 'closed'],
    [[], null],
  ])('tags %j: %s', (tags, registry) => {
    expect(routeOf('tuba', tags, byTag)).toEqual({ kind: 'found', value: registry });
  });

  test('no entries: the default one, whatever the tags', () => {
    expect(routeOf('tuba', undefined, {})).toEqual({ kind: 'found', value: null });
  });

  test('two entries that take a package are a problem: none of them gets it by the order of lines', () => {
    expect(routeOf('tuba', ['open', 'house-band'], byTag)).toMatchObject({
      problem: { code: 'NXPYPI_TWO_REGISTRIES', message: expect.stringMatching(/open.*closed.*tuba/) },
    });
  });

  test.each(['tuba', 'programme'])(
    '%s: where Nx was not asked for tags, an entry with a tag decides nothing',
    (name) => {
      expect(routeOf(name, undefined, byTag)).toMatchObject({ problem: { code: 'NXPYPI_TAGS_UNKNOWN' } });
    },
  );
});
