import type { ConformanceCase } from '../case.ts';
import { created, get, page, unauthorized, unknownName, upload } from '../step.ts';

const groupPage = '/groups/{group}/-/packages/pypi/simple/{name}';
const json = 'application/vnd.pypi.simple.v1+json';
const sha256 = '[0-9a-f]{64}';
const html = { 'content-type': '^text/html' };

export const readCases: readonly ConformanceCase[] = [
  {
    id: '31a',
    title: "a project's index has one link per version",
    evidence: ['code'],
    steps: [
      upload({ fields: { version: '1.0' } }, created),
      upload({ fields: { version: '2.0' } }, created),
      get('/projects/{project}/packages/pypi/simple', {
        status: 200,
        headers: html,
        matches: ['/packages/pypi/simple/{name}" [^>]*>{name}</a>.*/packages/pypi/simple/{name}" [^>]*>{name}</a>'],
      }),
    ],
  },
  {
    id: '31b',
    title: 'the index of a project without packages has no links',
    evidence: ['code'],
    steps: [get('/projects/{emptyProject}/packages/pypi/simple', { status: 200, headers: html, lacks: ['<a '] })],
  },
  {
    id: '32',
    title: 'a page shows the name as it was stored, absolute links by numeric id, digests and requires-python',
    evidence: ['code', 'spec'],
    steps: [
      upload({ filename: 'a.whl', fields: { name: '{Name}', requires_python: '>=3.9' } }, created),
      upload({ filename: 'b.whl', fields: { name: '{Name}', requires_python: '>=3.9' } }, created),
      page('{name}', {
        status: 200,
        headers: html,
        matches: [
          '<title>Links for {Name}</title>',
          `<a href="https?://[^"]+/api/v4/projects/\\d+/packages/pypi/files/${sha256}/a.whl#sha256=${sha256}" data-requires-python="&gt;=3.9">a.whl</a><a href=`,
        ],
        lacks: ['<br'],
      }),
    ],
  },
  {
    id: '33',
    title: 'a slash at the end of a page changes nothing',
    evidence: ['inferred'],
    steps: [upload({}, created), page('{name}/', { status: 200, matches: ['<title>Links for {name}</title>'] })],
  },
  {
    id: '34',
    title: 'a page is found by the normalised name only, in whatever case',
    evidence: ['inferred'],
    steps: [upload({}, created), page('{upper}', { status: 200 }), page('{under}', unknownName)],
  },
  {
    id: '35',
    title: "a group's page links to the group's own files",
    evidence: ['code', 'spec'],
    steps: [
      upload({ filename: 'a.whl' }, created),
      get(groupPage, {
        status: 200,
        matches: [`href="https?://[^"]+/api/v4/groups/\\d+/-/packages/pypi/files/${sha256}/a.whl#sha256=${sha256}"`],
      }),
    ],
  },
  {
    id: '36a',
    title: 'an unknown name is not found where forwarding is off',
    evidence: ['code', 'spec'],
    settings: ['forwarding off'],
    steps: [page('{name}', { status: 404, message: '404 Package Not Found' })],
  },
  {
    id: '36b',
    title: 'an unknown name is forwarded to the public index, as plain text',
    evidence: ['code', 'spec', 'issue'],
    settings: ['forwarding on'],
    steps: [
      page('{name}', {
        status: 302,
        headers: { location: '^https?://[^/]+(?:/.*)?/simple/{name}/$', 'content-type': '^text/plain' },
      }),
    ],
  },
  {
    id: '37',
    title: 'a known name is never forwarded',
    evidence: ['spec'],
    settings: ['forwarding on'],
    steps: [upload({}, created), page('{name}', { status: 200, lacks: ['/simple/'] })],
  },
  {
    id: '38a',
    title: 'a page is JSON where it is asked for and the flag is on',
    evidence: ['code'],
    settings: ['PEP 691 on'],
    steps: [
      upload({ filename: 'a.whl', fields: { name: '{Name}', requires_python: '>=3.9' } }, created),
      get(
        '/projects/{project}/packages/pypi/simple/{name}',
        {
          status: 200,
          headers: { 'content-type': '^application/vnd\\.pypi\\.simple\\.v1\\+json', vary: 'Accept' },
          matches: ['"name":"{name}"', `"hashes":{"sha256":"${sha256}"}`, '"requires-python":">=3.9"'],
          lacks: ['"versions"', '"size"', '"upload-time"'],
        },
        json,
      ),
    ],
  },
  {
    id: '38b',
    title: 'a page is HTML whatever is asked for where the flag is off',
    evidence: ['code'],
    settings: ['PEP 691 off'],
    steps: [
      upload({}, created),
      get('/projects/{project}/packages/pypi/simple/{name}', { status: 200, headers: html }, json),
    ],
  },
  {
    id: '39a',
    title: 'reads of a private project need credentials',
    evidence: ['spec'],
    settings: ['private project'],
    steps: [
      { ...page('{name}', unauthorized), as: 'anonymous' },
      { ...page('{name}', { status: 401 }), as: 'wrong' },
    ],
  },
  {
    id: '39b',
    title: 'a wrong token on a public project reads as nobody',
    evidence: ['spec'],
    steps: [{ ...get('/projects/{publicProject}/packages/pypi/simple', { status: 200 }), as: 'wrong' }],
  },
  {
    id: '40',
    title: "a group's page does not know packages of projects that the caller cannot see",
    evidence: ['inferred'],
    steps: [
      { ...upload({ path: '/projects/{hiddenProject}/packages/pypi' }, created), as: 'maintainer' },
      { ...get('/groups/{hiddenGroup}/-/packages/pypi/simple/{name}', { status: 200 }), as: 'maintainer' },
      { ...get('/groups/{hiddenGroup}/-/packages/pypi/simple/{name}', unknownName), as: 'outsider' },
    ],
  },
];
