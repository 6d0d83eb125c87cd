import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../tools/bench/command-line.ts';

const known = ['overture', 'encore'];

describe('the command line of the benchmark', () => {
  test('measures all rows without words', () => {
    expect(readCommandLine([], known)).toMatchObject({ kind: 'measure', request: { rows: [], minutes: Infinity } });
  });

  test('takes rows and options in any order', () => {
    const line = readCommandLine(['encore', '--write-docs', '--minutes', '2.5', 'overture', '--only-missing'], known);
    const request = { quick: false, onlyMissing: true, kept: false, writeDocs: true, profile: false, minutes: 2.5 };
    expect(line).toEqual({ kind: 'measure', request: { ...request, rows: ['encore', 'overture'] } });
  });

  test.each(['--help', '-h'])('explains itself at %s, whatever else is asked', (word) => {
    const line = readCommandLine(['encore', word], known);
    expect(line).toMatchObject({ kind: 'help', text: expect.stringContaining('overture, encore') });
  });

  test.each<[string, readonly string[], string]>([
    ['a row', ['cadenza'], `No row is called 'cadenza'; the rows are overture, encore.`],
    ['an option', ['--fast'], `There is no option '--fast'; the options are --help, `],
    ['a short option', ['-x'], `There is no option '-x'; `],
    ['a value', ['--quick=yes'], `The option '--quick' takes no value, and 'yes' was given.`],
    ['no number', ['--minutes', 'ten'], `The option '--minutes' takes a number above zero, and 'ten' is none.`],
    ['a number below zero', ['--minutes=-1'], `takes a number above zero, and '-1' is none.`],
    ['no value', ['--minutes'], `The option '--minutes' takes a number above zero`],
  ])('says in one sentence what is wrong with %s', (_, words, message) => {
    const line = readCommandLine(words, known);
    expect(line).toMatchObject({ kind: 'mistake', message: expect.stringContaining(message) });
  });
});
