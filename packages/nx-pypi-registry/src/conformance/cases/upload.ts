import type { ConformanceCase } from '../case.ts';
import { created, duplicate, get, list, packageId, page, upload } from '../step.ts';

const tuba = 'the tuba part';
const other = 'another tuba part';

export const uploadCases: readonly ConformanceCase[] = [
  {
    id: '1',
    title: 'an upload answers 201 Created',
    evidence: ['code'],
    steps: [upload({}, created)],
  },
  {
    id: '2',
    title: 'the project may be named by its full path',
    evidence: ['docs', 'spec'],
    steps: [upload({ path: '/projects/{projectPath}/packages/pypi' }, created)],
  },
  {
    id: '3',
    title: 'a slash at the end of the upload URL changes nothing',
    evidence: ['inferred'],
    steps: [upload({ path: '/projects/{project}/packages/pypi/' }, created)],
  },
  {
    id: '4',
    title: 'a second file of a version joins its package row',
    evidence: ['spec'],
    steps: [
      upload({}, created),
      upload({ filename: '{under}-1.0-py3-none-any.whl', content: other }, created),
      { ...list('', { status: 200, length: 1 }), keep: packageId },
      { ...get('/projects/{project}/packages/{package}/package_files', { status: 200, length: 2 }), by: 'rest' },
    ],
  },
  {
    id: '5',
    title: 'the same file again is refused, though its bytes are the same',
    evidence: ['spec', 'issue'],
    steps: [upload({ content: tuba }, created), upload({ content: tuba }, duplicate)],
  },
  {
    id: '6',
    title: 'the same file name with other bytes is refused, and the stored bytes stay',
    evidence: ['issue'],
    steps: [
      upload({ content: tuba }, created),
      upload({ content: other }, duplicate),
      { ...page('{name}', { status: 200 }), keep: { name: 'href', pattern: 'href="([^"#]+)' } },
      get('{href}', { status: 200, matches: [`^${tuba}$`] }),
    ],
  },
  ...['content', 'name', 'version'].map((field, index) => ({
    id: `7${'abc'.charAt(index)}`,
    title: `an upload without ${field} is a bad request`,
    evidence: ['code', 'spec'] as const,
    steps: [upload({ without: [field] }, { status: 400 })],
  })),
  {
    id: '8',
    title: 'the file part has to be called content',
    evidence: ['inferred'],
    steps: [upload({ part: 'file' }, { status: 400 })],
  },
  {
    id: '9a',
    title: 'a name with characters out of place is refused',
    evidence: ['spec'],
    steps: [upload({ fields: { name: '.$/@!^*' } }, { status: 400 })],
  },
  {
    id: '9b',
    title: 'a version that is none is refused',
    evidence: ['code'],
    steps: [upload({ fields: { version: 'not a version' } }, { status: 400, matches: ['Version is invalid'] })],
  },
  {
    id: '10',
    title: 'local versions and a leading v are stored as they were sent',
    evidence: ['code'],
    steps: [
      upload({ filename: 'a.whl', fields: { version: '1.0+local.1' } }, created),
      upload({ filename: 'b.whl', fields: { version: 'v1.0' } }, created),
      list('', { status: 200, list: { member: 'version', values: ['1.0+local.1', 'v1.0'] } }),
    ],
  },
  {
    id: '11',
    title: 'a malformed sha256_digest is a bad request',
    evidence: ['spec'],
    steps: [upload({ fields: { sha256_digest: `${'1'.repeat(63)}%` } }, { status: 400 })],
  },
  {
    id: '12',
    title: 'a sha256_digest of other content is stored as it was sent',
    evidence: ['spec'],
    steps: [
      upload({ fields: { sha256_digest: '1'.repeat(64) } }, created),
      page('{name}', { status: 200, matches: [`#sha256=${'1'.repeat(64)}"`] }),
    ],
  },
  {
    id: '13a',
    title: 'without sha256_digest the file is stored without one',
    evidence: ['spec', 'issue'],
    settings: [],
    steps: [
      upload({ without: ['sha256_digest'] }, created),
      { ...list('', { status: 200, length: 1 }), keep: packageId },
      {
        ...get('/projects/{project}/packages/{package}/package_files', {
          status: 200,
          matches: ['"file_sha256":null'],
        }),
        by: 'rest',
      },
    ],
  },
  {
    id: '13b',
    title: 'in FIPS mode an upload without sha256_digest is a 422',
    evidence: ['spec'],
    settings: ['FIPS mode'],
    steps: [upload({ without: ['sha256_digest'] }, { status: 422, message: '422 Unprocessable Entity' })],
  },
  {
    id: '14',
    title: 'a summary that is too long is no reason to refuse',
    evidence: ['spec'],
    steps: [upload({ fields: { summary: 's'.repeat(256) } }, created)],
  },
  {
    id: '15',
    title: 'the file name need not fit the name and version',
    evidence: ['spec'],
    steps: [upload({ filename: 'package.whl' }, created)],
  },
  {
    id: '16',
    title: 'fields that GitLab does not know are ignored',
    evidence: ['code'],
    steps: [
      upload({ fields: { ':action': 'file_upload', protocol_version: '1', classifiers: 'Topic :: Brass' } }, created),
    ],
  },
  {
    id: '17',
    title: 'a file above the size limit is a bad request',
    evidence: ['code', 'spec'],
    settings: ['file size limit of 1000 bytes'],
    steps: [
      upload({ content: 'x'.repeat(1001) }, { status: 400, message: '400 Bad request - File is too large' }),
      upload({ content: 'x'.repeat(1000) }, created),
    ],
  },
  {
    id: '18',
    title: 'a protected name is refused below its level, and nothing is stored',
    evidence: ['code', 'spec'],
    steps: [
      upload({ fields: { name: '{protectedName}' } }, { status: 403, message: '403 Forbidden - Package protected.' }),
      {
        ...get('/projects/{project}/packages?package_name={protectedName}', { status: 200, length: 0 }),
        by: 'rest',
      },
    ],
  },
  {
    id: '19',
    title: 'two spellings of a name are two rows on one page',
    evidence: ['inferred'],
    steps: [
      upload({ filename: 'same.whl' }, created),
      upload({ filename: 'same.whl', content: other, fields: { name: '{under}' } }, created),
      page('{name}', { status: 200, matches: ['>same.whl</a>.*>same.whl</a>'] }),
    ],
  },
  {
    id: '20',
    title: 'first uploads of a version at once are serialised, or the loser is told that the name was taken',
    evidence: ['inferred'],
    steps: [
      {
        ...upload({ filename: 'part-{n}.whl' }, { status: [201, 400], matches: ['201 Created|Name has already'] }),
        parallel: 2,
      },
    ],
  },
  {
    id: '21',
    title: 'groups take no uploads',
    evidence: ['code'],
    steps: [
      upload({ path: '/groups/{group}/-/packages/pypi' }, { status: [404, 405] }),
      { send: { kind: 'put', path: '/groups/{group}/-/packages/pypi' }, expect: { status: [404, 405] } },
    ],
  },
];
