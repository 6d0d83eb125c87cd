import { describe, expect, it } from 'vitest';
import {
  markerMentionsExtra,
  normalizeName,
  parseCoreMetadata,
  parseDistributionFilename,
  parseMarker,
  parseSpecifierSet,
} from '../src/index.ts';

const LENGTH = 300_000;

/** What backtracking readers stumble over: runs that can be cut anywhere, then an end that fits nothing. */
const TEXTS = [
  '1',
  '1.',
  'a',
  'a-',
  '-',
  '.',
  ' ',
  '\t',
  '\n',
  '\n ',
  ':',
  'a: b\n',
  '(',
  '"',
  '>=1,',
  '>',
  '=',
  '*',
].map((piece) => `${piece.repeat(LENGTH / piece.length)}!`);

describe('texts of 300,000 characters are read at once', () => {
  it.each([
    ['parseSpecifierSet', (text: string): unknown => parseSpecifierSet(`>=${text}`)],
    ['parseMarker', (text: string): unknown => parseMarker(`os_name == ${text}`)],
    ['markerMentionsExtra', (text: string): unknown => markerMentionsExtra(`extra == ${text}`)],
    ['parseDistributionFilename, wheels', (text: string): unknown => parseDistributionFilename(`${text}.whl`)],
    ['parseDistributionFilename, sdists', (text: string): unknown => parseDistributionFilename(`rye-${text}.tar.gz`)],
    ['parseCoreMetadata', (text: string): unknown => parseCoreMetadata(`Name: trio\n${text}`)],
    ['normalizeName', normalizeName],
  ])('%s', (_, read) => {
    const started = performance.now();
    for (const text of TEXTS) read(text);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
