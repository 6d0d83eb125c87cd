import type { ConformanceCase } from '../case.ts';
import { created, get, href, page, upload } from '../step.ts';

export const downloadCases: readonly ConformanceCase[] = [
  {
    id: '41a',
    title: 'a download gives the bytes as an attachment',
    evidence: ['code'],
    steps: [
      upload({ content: 'the viola part' }, created),
      { ...page('{name}', { status: 200 }), keep: href },
      get('{href}', { status: 200, matches: ['^the viola part$'], headers: { 'content-disposition': '^attachment' } }),
    ],
  },
  {
    id: '41b',
    title: 'a download is redirected to the object storage, which takes no credentials',
    evidence: ['code'],
    settings: ['object storage'],
    steps: [
      upload({ content: 'the viola part' }, created),
      { ...page('{name}', { status: 200 }), keep: href },
      {
        ...get('{href}', { status: 302, headers: { location: '^https?://' } }),
        keep: { name: 'location', pattern: 'location: (\\S+)' },
      },
      { ...get('{location}', { status: 200, matches: ['^the viola part$'] }), as: 'anonymous' },
    ],
  },
  {
    id: '42',
    title: 'a download needs the right digest',
    evidence: ['code'],
    steps: [
      upload({ filename: 'a.whl' }, created),
      get(`/projects/{project}/packages/pypi/files/${'0'.repeat(64)}/a.whl`, { status: 404 }),
    ],
  },
  {
    id: '43a',
    title: 'downloads from a private project need credentials',
    evidence: ['spec'],
    settings: ['private project'],
    steps: [
      upload({}, created),
      { ...page('{name}', { status: 200 }), keep: href },
      { ...get('{href}', { status: 401 }), as: 'anonymous' },
    ],
  },
  {
    id: '43b',
    title: 'an outsider finds no download in a private project',
    evidence: ['spec'],
    settings: ['private project'],
    steps: [
      upload({}, created),
      { ...page('{name}', { status: 200 }), keep: href },
      { ...get('{href}', { status: 404 }), as: 'outsider' },
    ],
  },
];
