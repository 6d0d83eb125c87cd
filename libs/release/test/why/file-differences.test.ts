import { expect, it } from 'vitest';
import type { ShownArtifact, ShownFile } from '../../src/why/explanation.ts';
import { fileDifferences, unifiedDiff } from '../../src/why/file-differences.ts';

function file(text: string | null, more: Partial<ShownFile> = {}): ShownFile {
  return { text, size: text?.length ?? 9, sha256: `hash of ${text ?? 'bytes'}`, executable: false, ...more };
}

function artifact(files: Readonly<Record<string, ShownFile>>): ShownArtifact {
  return { files: new Map(Object.entries(files)), maker: null, description: '' };
}

it('tells files that were added, removed and modified, each with its diff', () => {
  const before = artifact({ 'a.py': file('one\ntwo\nthree\n'), 'old.py': file('gone\n') });
  const after = artifact({ 'a.py': file('one\nTWO\nthree\n'), 'new.py': file('come\n') });
  const differences = fileDifferences(['old.py', 'a.py', 'new.py', 'a.py', 'nowhere.py'], before, after);
  expect(differences.map(({ path, change }) => `${path} ${change}`)).toEqual([
    'a.py modified',
    'new.py added',
    'old.py removed',
  ]);
  expect(differences.map(({ diff }) => diff).join('')).toBe(
    [
      '--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n',
      '--- /dev/null\n+++ b/new.py\n@@ -0,0 +1,1 @@\n+come\n',
      '--- a/old.py\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-gone\n',
    ].join(''),
  );
});

it('tells sizes and digests where a side is no text', () => {
  const before = artifact({ 'tone.wav': file(null, { size: 1000, sha256: 'aa' }) });
  const after = artifact({ 'tone.wav': file(null, { size: 1002, sha256: 'bb' }) });
  expect(fileDifferences(['tone.wav'], before, after)).toEqual([
    {
      path: 'tone.wav',
      change: 'modified',
      before: { size: 1000, sha256: 'aa', executable: false },
      after: { size: 1002, sha256: 'bb', executable: false },
      diff: null,
    },
  ]);
});

it('gives up on two texts that have nothing in common, instead of comparing them for long', () => {
  const text = (seed: string): string => Array.from({ length: 5_000 }, (_, index) => `${seed} ${index}\n`).join('');
  expect(unifiedDiff('score.txt', text('la'), text('si'))).toBeNull();
});

it('marks a missing line end as patch expects it', () => {
  expect(unifiedDiff('a', 'x', 'x\n')).toContain('\\ No newline at end of file');
});
