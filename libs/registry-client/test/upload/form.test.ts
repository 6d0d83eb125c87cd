import type { UploadRequest } from '@nx-pypi/release';
import { describe, expect, test } from 'vitest';
import { formFields } from '../../src/upload/form-fields.ts';
import { fitGitlab } from '../../src/upload/gitlab-lengths.ts';
import { order } from '../bakery.ts';

const headers: readonly (readonly [string, string])[] = [
  ['Metadata-Version', '2.4'],
  ['Name', 'Rye_Bread'],
  ['Version', '1.0'],
  ['Summary', 'Bread'],
  ['Description-Content-Type', 'text/markdown'],
  ['Keywords', 'bread,rye'],
  ['home-page', 'https://bakery.example'],
  ['Author-email', 'Ana <ana@bakery.example>'],
  ['License-Expression', 'MIT'],
  ['Classifier', 'Topic :: Bread'],
  ['Classifier', 'Topic :: Rye'],
  ['Requires-Dist', 'flour>=1'],
  ['Project-URL', 'Docs, https://bakery.example/docs'],
  ['Dynamic', 'Version'],
  ['Import-Name', 'rye_bread'],
  ['Requires-Python', '>=3.9'],
];

function request(
  filename: string,
  lines: readonly (readonly [string, string])[],
  description = '# Bread',
): UploadRequest {
  const artifact = {
    kind: filename.endsWith('.whl') ? ('wheel' as const) : ('sdist' as const),
    filename,
    file: '/nowhere',
    sha256: 'e'.repeat(64),
    size: 1,
    metadata: { headers: lines, description },
  };
  return order(artifact, 'Rye_Bread', '1.0');
}

describe('the form', () => {
  test('has every field of the metadata, the name normalised', () => {
    expect(formFields(request('rye_bread-1.0-py2.py3-none-any.whl', headers))).toEqual([
      [':action', 'file_upload'],
      ['protocol_version', '1'],
      ['name', 'rye-bread'],
      ['version', '1.0'],
      ['filetype', 'bdist_wheel'],
      ['pyversion', 'py2.py3'],
      ['sha256_digest', 'e'.repeat(64)],
      ['requires_python', '>=3.9'],
      ['metadata_version', '2.4'],
      ['summary', 'Bread'],
      ['description_content_type', 'text/markdown'],
      ['keywords', 'bread,rye'],
      ['home_page', 'https://bakery.example'],
      ['author_email', 'Ana <ana@bakery.example>'],
      ['license_expression', 'MIT'],
      ['description', '# Bread'],
      ['classifiers', 'Topic :: Bread'],
      ['classifiers', 'Topic :: Rye'],
      ['requires_dist', 'flour>=1'],
      ['project_urls', 'Docs, https://bakery.example/docs'],
      ['dynamic', 'Version'],
      ['import_names', 'rye_bread'],
    ]);
  });

  test('always has sha256_digest and requires_python', () => {
    expect(Object.fromEntries(formFields(request('rye_bread-1.0.tar.gz', [], '')))).toEqual({
      ':action': 'file_upload',
      protocol_version: '1',
      name: 'rye-bread',
      version: '1.0',
      filetype: 'sdist',
      pyversion: 'source',
      sha256_digest: 'e'.repeat(64),
      requires_python: '',
    });
  });
});

describe('lengths that GitLab stores', () => {
  test.each([
    ['summary', 255],
    ['keywords', 1024],
    ['description', 4000],
    ['description_content_type', 128],
    ['author_email', 2048],
    ['metadata_version', 16],
  ])('%s: %i characters', (name, most) => {
    const whole = '🥖'.repeat(most);
    expect(fitGitlab([[name, whole]])).toEqual([[name, whole]]);
    expect(fitGitlab([[name, `${whole}🥖`]])).toEqual([[name, `${'🥖'.repeat(most - 1)}…`]]);
  });

  test('requires_python is cut between its clauses', () => {
    const clauses = Array.from({ length: 50 }, (_, index) => `!=3.9.${index}`).join(',');
    const [[, cut] = ['', '']] = fitGitlab([['requires_python', clauses]]);
    expect(cut.length).toBeLessThanOrEqual(255);
    expect(clauses.startsWith(`${cut},`)).toBe(true);
  });

  test('other fields stay', () => {
    expect(fitGitlab([['classifiers', 'x'.repeat(5000)]])).toEqual([['classifiers', 'x'.repeat(5000)]]);
  });
});
