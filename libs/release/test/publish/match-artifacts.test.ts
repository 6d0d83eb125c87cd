import { describe, expect, it } from 'vitest';
import { parseArtifactList, type ListedArtifact } from '../../src/model/artifact-list.ts';
import type { PlannedRelease, ReleasePlan } from '../../src/model/plan.ts';
import { matchArtifacts, type ArtifactFolder } from '../../src/publish/match-artifacts.ts';

const SDIST = listed('sdist', 'pitch-1.0.0.tar.gz', 'a');
const WHEEL = listed('wheel', 'pitch-1.0.0-py3-none-any.whl', 'b');

function listed(kind: 'sdist' | 'wheel', filename: string, digit: string): ListedArtifact {
  return { name: 'pitch', version: '1.0.0', kind, filename, sha256: digit.repeat(64), size: 10 };
}

function planOf(more: Partial<PlannedRelease> = {}): ReleasePlan {
  const release: PlannedRelease = {
    name: 'pitch',
    path: 'packages/pitch',
    verdict: 'new',
    previous: null,
    version: '1.0.0',
    chosen: true,
    reasons: [],
    constraints: [],
    artifacts: ['sdist', 'wheel'],
    ...more,
  };
  return { format: 1, releases: [release], kept: [], stopped: [], pending: [] };
}

function folder(name: string, artifacts: readonly ListedArtifact[], files = artifacts as ArtifactFolder['files']) {
  return { folder: name, list: { format: 1, tool: 'nx-pypi/test', revision: '', artifacts }, files } as const;
}

function problemsOf(plan: ReleasePlan, ...folders: readonly ArtifactFolder[]): readonly string[] {
  return matchArtifacts(plan, folders).problems.map(({ where, message }) => `${where ?? ''}: ${message}`);
}

describe('the folders of several runners', () => {
  it('are merged, each artifact with its folder', () => {
    const { matched, problems } = matchArtifacts(planOf(), [folder('one', [SDIST]), folder('two', [WHEEL])]);
    expect(problems).toEqual([]);
    expect(matched.get('pitch')?.map((artifact) => [artifact.folder, artifact.kind])).toEqual([
      ['one', 'sdist'],
      ['two', 'wheel'],
    ]);
  });

  it('may hold the same bytes twice, and not other bytes under one name', () => {
    expect(problemsOf(planOf(), folder('one', [SDIST, WHEEL]), folder('two', [SDIST]))).toEqual([]);
    const other = { ...SDIST, sha256: 'c'.repeat(64) };
    expect(problemsOf(planOf(), folder('one', [SDIST, WHEEL]), folder('two', [other]))).toEqual([
      'two/pitch-1.0.0.tar.gz: pitch-1.0.0.tar.gz has other content in one',
    ]);
  });

  it.each<[string, ReleasePlan, ArtifactFolder, readonly string[]]>([
    [
      'a file that no list names',
      planOf({ artifacts: ['sdist'] }),
      folder('one', [SDIST], [SDIST, WHEEL]),
      ['one/pitch-1.0.0-py3-none-any.whl: pitch-1.0.0-py3-none-any.whl is not named by nx-pypi-artifacts.json'],
    ],
    [
      'a file that is listed and missing',
      planOf(),
      folder('one', [SDIST, WHEEL], [SDIST]),
      [
        'one/pitch-1.0.0-py3-none-any.whl: pitch-1.0.0-py3-none-any.whl is listed and missing',
        ': pitch 1.0.0 lacks its wheel',
      ],
    ],
    [
      'a version that the plan does not release',
      planOf({ version: '1.0.1' }),
      folder('one', [SDIST]),
      [
        'one/pitch-1.0.0.tar.gz: pitch-1.0.0.tar.gz is not in the plan (which releases pitch 1.0.1 as sdist and wheel)',
        ': pitch 1.0.1 lacks its sdist and wheel',
      ],
    ],
  ])('%s is refused', (_title, plan, given, expected) => {
    expect(problemsOf(plan, given)).toEqual(expected);
  });
});

describe('a list', () => {
  const text = (artifact: object): string =>
    JSON.stringify({ format: 1, tool: 't', revision: 'r', artifacts: [{ ...SDIST, ...artifact }] });

  it('is read back as it was written', () => {
    expect(parseArtifactList(text({}))).toEqual({ format: 1, tool: 't', revision: 'r', artifacts: [SDIST] });
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":2,"artifacts":[]}'],
    ['no list', '{"format":1}'],
    ['a file name that leads elsewhere', text({ filename: '../pitch-1.0.0.tar.gz' })],
    ['no digest', text({ sha256: 'abc' })],
    ['another kind', text({ kind: 'egg' })],
  ])('%s is none', (_title, given) => {
    expect(parseArtifactList(given)).toBeNull();
  });
});

describe('C4: wheels of several platforms', () => {
  const linux = listed('wheel', 'pitch-1.0.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', 'd');
  const mac = listed('wheel', 'pitch-1.0.0-cp312-cp312-macosx_11_0_arm64.whl', 'e');
  const wheels = ['manylinux*_x86_64', 'cp312-*-macosx_*_arm64'];

  it('are merged from the runners that built them', () => {
    const { matched, problems } = matchArtifacts(planOf({ wheels }), [
      folder('linux', [SDIST, linux]),
      folder('mac', [mac]),
    ]);
    expect(problems).toEqual([]);
    expect(matched.get('pitch')).toHaveLength(3);
  });

  it('are all there, or nothing is sent', () => {
    expect(problemsOf(planOf({ wheels }), folder('linux', [SDIST, linux]))).toEqual([
      ': pitch 1.0.0 lacks its wheel for cp312-*-macosx_*_arm64',
    ]);
    expect(problemsOf(planOf({ wheels }), folder('pure', [SDIST, WHEEL]))).toEqual([
      ': pitch 1.0.0 lacks its wheel for manylinux*_x86_64 and cp312-*-macosx_*_arm64',
    ]);
  });

  it('may be in the registry already, of this very version', () => {
    const plan = planOf({ wheels, artifacts: ['wheel'], verdict: 'incomplete' });
    expect(matchArtifacts(plan, [folder('mac', [mac])], [linux.filename]).problems).toEqual([]);
    const older = linux.filename.replace('1.0.0', '0.9.0');
    expect(matchArtifacts(plan, [folder('mac', [mac])], [older]).problems).toHaveLength(1);
  });
});
