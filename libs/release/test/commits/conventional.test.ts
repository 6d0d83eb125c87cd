import { describe, expect, it } from 'vitest';
import type { Commit } from '../../src/commits/commit.ts';
import { levelOfCommits, parseMessage } from '../../src/commits/conventional.ts';
import { touching } from '../../src/commits/touching.ts';
import { packageOf } from '../packages.ts';
import { versionOf } from '../world.ts';

const commit = (message: string, ...files: readonly string[]) => ({ revision: 'a', message, files });

describe('levels of commits', () => {
  it.each([
    [['fix: tune'], '1.2.3', 'patch'],
    [['Tune the strings'], '1.2.3', 'patch'],
    [[], '1.2.3', 'patch'],
    [['fix: tune', 'feat(bow): new hair'], '1.2.3', 'minor'],
    [['feat!: other strings'], '1.2.3', 'major'],
    [['feat(bow)!: other hair'], '0.2.3', 'minor'],
    [['fix: tune\n\nBREAKING CHANGE: in just intonation\nnow'], '1.2.3', 'major'],
    [['fix: tune\n\nBREAKING-CHANGE: in just intonation'], '1!0.2', 'major'],
    [['docs: no BREAKING CHANGE here'], '1.2.3', 'patch'],
  ])('%j on %s: %s', (messages, from, level) => {
    expect(
      levelOfCommits(
        messages.map((message) => commit(message)),
        versionOf(from),
      ),
    ).toBe(level);
  });

  it('reads type, scope, subject and note', () => {
    expect(parseMessage('Feat(bow): hair\n\nbody\n\nBREAKING CHANGE: all bows\nnew\n\nRefs: #1')).toEqual({
      type: 'feat',
      scope: 'bow',
      breaking: true,
      subject: 'hair',
      breakingNote: 'all bows new',
    });
  });
});

it('E2: counts commits that touch what a package ships, files outside its folder included, not its tests, its change log or nested packages', () => {
  const [outer, inner] = [
    packageOf({ name: 'strings', path: 'strings' }),
    packageOf({ name: 'bow', path: 'strings/bow' }),
  ];
  const packages = [outer, inner];
  const sources = [
    ...outer.files,
    'strings/src/strings.py',
    'LICENSE',
    'spec/bow.md',
    'strings/bow/NOTES',
    '.gitignore',
  ];
  const commits = [
    commit('code', 'strings/src/strings.py'),
    commit('nested', 'strings/bow/src/bow.py'),
    commit('tests', 'strings/tests/test_a.py', 'strings/CHANGELOG.md'),
    commit('other', 'stringsX/a.py'),
    commit('outside', 'LICENSE'),
    commit('deleted', 'strings/src/gone.py'),
    commit('linked', 'strings/bow/NOTES'),
    commit('ignored', '.gitignore', 'strings/.gitignore'),
    commit('chores', 'strings/conftest.py', 'strings/examples/duo.py'),
  ];
  const told = (found: readonly Commit[]): readonly string[] => found.map(({ message }) => message);
  expect(told(touching(commits, { package: outer, sources, packages }))).toEqual([
    'code',
    'outside',
    'deleted',
    'linked',
  ]);
  expect(told(touching(commits, { package: inner, sources: inner.files, packages }))).toEqual(['nested', 'linked']);
});
