import { expect, test } from 'vitest';
import { remember } from '../src/remember.ts';

test('answers again without asking, and keeps what is asked all the time however much comes between', () => {
  const asked: string[] = [];
  const shout = remember((word: string) => {
    asked.push(word);
    return word.toUpperCase();
  }, 2);
  const words = Array.from({ length: 20 }, (_, index) => ['root', `member-${index}`]).flat();
  expect(words.map((word) => shout(word))).toEqual(words.map((word) => word.toUpperCase()));
  expect(asked.filter((word) => word === 'root')).toHaveLength(1);
  expect(shout('member-0')).toBe('MEMBER-0');
  expect(asked.filter((word) => word === 'member-0')).toHaveLength(2);
});
