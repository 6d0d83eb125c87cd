import type { ConformanceCase } from '../case.ts';
import { created, get, list, packageId, upload } from '../step.ts';

const numbers = Array.from({ length: 21 }, (_, index) => `1.${index}`);

export const restCases: readonly ConformanceCase[] = [
  {
    id: '44a',
    title: 'a list finds names by a part of them, as they were stored, oldest first',
    evidence: ['code'],
    steps: [
      upload({ fields: { name: '{name}-strings' } }, created),
      upload({ fields: { name: 'the-{name}' } }, created),
      upload({ fields: { name: '{under}' } }, created),
      list('', { status: 200, list: { member: 'name', values: ['{name}-strings', 'the-{name}'] } }),
    ],
  },
  {
    id: '44b',
    title: 'a list has 20 items a page, and says which page is next',
    evidence: ['code'],
    steps: [
      ...numbers.map((version) => upload({ filename: 'a.whl', fields: { version } }, created)),
      list('', { status: 200, length: 20, headers: { 'x-next-page': '^2$', 'x-page': '^1$', link: 'rel="next"' } }),
      list('&page=2', { status: 200, length: 1, headers: { 'x-next-page': '^$' } }),
    ],
  },
  {
    id: '45',
    title: 'package_version is compared as text',
    evidence: ['code'],
    steps: [
      upload({ fields: { version: '1.0' } }, created),
      upload({ fields: { version: '1.0.0' } }, created),
      list('&package_version=1.0', { status: 200, list: { member: 'version', values: ['1.0'] } }),
    ],
  },
  {
    id: '46',
    title: 'versions are ordered as text',
    evidence: ['code'],
    steps: [
      upload({ fields: { version: '1.10.0' } }, created),
      upload({ fields: { version: '1.9.0' } }, created),
      list('&order_by=version&sort=desc', { status: 200, list: { member: 'version', values: ['1.9.0', '1.10.0'] } }),
    ],
  },
  {
    id: '47a',
    title: 'what a job uploaded carries its pipeline',
    evidence: ['code'],
    steps: [
      { ...upload({}, created), as: 'job' },
      list('', {
        status: 200,
        matches: ['"pipeline":\\{', '"sha":"[0-9a-f]{40}"', '"ref":"', '"project_id":\\d+'],
      }),
    ],
  },
  {
    id: '47b',
    title: 'what a person uploaded carries no pipeline',
    evidence: ['code'],
    steps: [upload({}, created), list('', { status: 200, length: 1, lacks: ['"pipeline":', '"pipelines":\\[\\{'] })],
  },
  {
    id: '48',
    title: 'package_files shows the digest that was sent',
    evidence: ['code'],
    steps: [
      upload({ fields: { sha256_digest: '2'.repeat(64) } }, created),
      { ...list('', { status: 200, length: 1 }), keep: packageId },
      {
        ...get('/projects/{project}/packages/{package}/package_files', {
          status: 200,
          matches: [`"file_sha256":"${'2'.repeat(64)}"`],
        }),
        by: 'rest',
      },
    ],
  },
  {
    id: '49',
    title: 'only a maintainer may delete, and the version is free again at once',
    evidence: ['docs', 'spec'],
    steps: [
      upload({}, created),
      { ...list('', { status: 200, length: 1 }), keep: packageId },
      { send: { kind: 'delete', path: '/projects/{project}/packages/{package}' }, by: 'rest', expect: { status: 403 } },
      {
        send: { kind: 'delete', path: '/projects/{project}/packages/{package}' },
        as: 'maintainer',
        by: 'rest',
        expect: { status: 204 },
      },
      upload({}, created),
    ],
  },
  {
    id: '50',
    title: "a group's list says which project a package is in",
    evidence: ['code'],
    steps: [
      upload({}, created),
      {
        ...get('/groups/{group}/packages?package_name={name}', {
          status: 200,
          length: 1,
          matches: ['"project_id":\\d+', '"project_path":"[^"]+"'],
        }),
        by: 'rest',
      },
    ],
  },
  {
    id: '51',
    title: 'the upload URL cannot be read',
    evidence: ['inferred'],
    steps: [{ ...get('/projects/{project}/packages/pypi', { status: 400 }), by: 'rest' }],
  },
];
