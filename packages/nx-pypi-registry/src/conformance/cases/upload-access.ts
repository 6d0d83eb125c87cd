import type { ConformanceCase } from '../case.ts';
import { created, get, unauthorized, upload } from '../step.ts';

const rest = '/projects/{project}/packages?per_page=1';

export const uploadAccessCases: readonly ConformanceCase[] = [
  {
    id: '22',
    title: 'an upload without credentials is refused, and asks for them',
    evidence: ['spec'],
    steps: [{ ...upload({}, unauthorized), as: 'anonymous' }],
  },
  {
    id: '23',
    title: 'an upload with a wrong token is refused',
    evidence: ['spec'],
    steps: [{ ...upload({}, unauthorized), as: 'wrong' }],
  },
  {
    id: '24',
    title: 'a guest may not upload',
    evidence: ['spec'],
    steps: [{ ...upload({}, { status: 403 }), as: 'guest' }],
  },
  {
    id: '25a',
    title: 'to an outsider a private project does not exist',
    evidence: ['spec'],
    settings: ['private project'],
    steps: [{ ...upload({}, { status: 404, message: '404 Not Found' }), as: 'outsider' }],
  },
  {
    id: '25b',
    title: 'an outsider may not upload to a public project',
    evidence: ['spec'],
    steps: [{ ...upload({ path: '/projects/{publicProject}/packages/pypi' }, { status: 403 }), as: 'outsider' }],
  },
  {
    id: '26',
    title: 'an unknown project is not found, with and without credentials',
    evidence: ['spec'],
    steps: [
      upload({ path: '/projects/999999999999/packages/pypi' }, { status: 404 }),
      { ...upload({ path: '/projects/999999999999/packages/pypi' }, { status: 404 }), as: 'anonymous' },
    ],
  },
  {
    id: '27a',
    title: 'a job of an allowed project may upload as gitlab-ci-token',
    evidence: ['spec', 'code'],
    steps: [{ ...upload({}, created), as: 'job' }],
  },
  {
    id: '27b',
    title: 'a job token under another user name opens nothing',
    evidence: ['code'],
    settings: ['private project'],
    steps: [{ ...upload({}, { status: 401 }), as: 'job', by: 'basic-other' }],
  },
  {
    id: '27c',
    title: 'a bad job token is refused, on public downloads too',
    evidence: ['spec'],
    steps: [
      { ...upload({}, { status: 401 }), as: 'wrong-job' },
      { ...get('/projects/{publicProject}/packages/pypi/simple/{name}', { status: 401 }), as: 'wrong-job' },
    ],
  },
  {
    id: '28a',
    title: 'to a job that is not on the allowlist a private project does not exist',
    evidence: ['inferred'],
    settings: ['private project'],
    steps: [{ ...upload({}, { status: 404, message: '404 Not Found' }), as: 'foreign-job' }],
  },
  {
    id: '28b',
    title: 'REST tells a job that it is not on the allowlist',
    evidence: ['code'],
    settings: ['private project'],
    steps: [
      {
        ...get(rest, { status: 403, matches: ['Authentication by CI/CD job token not allowed from .+ to .+'] }),
        as: 'foreign-job',
        by: 'rest',
      },
    ],
  },
  {
    id: '29a',
    title: 'the header JOB-TOKEN counts as nothing on PyPI routes',
    evidence: ['code'],
    settings: ['private project'],
    steps: [{ ...upload({}, { status: 401 }), as: 'job', by: 'job-header' }],
  },
  {
    id: '29b',
    title: 'the header JOB-TOKEN is good on REST routes',
    evidence: ['code'],
    steps: [{ ...get(rest, { status: 200 }), as: 'job', by: 'rest' }],
  },
  {
    id: '30a',
    title: 'a deploy token that may read may not upload',
    evidence: ['inferred'],
    steps: [{ ...upload({}, { status: 403 }), as: 'deploy-read' }],
  },
  {
    id: '30b',
    title: 'a deploy token that may write may upload',
    evidence: ['code'],
    steps: [{ ...upload({}, created), as: 'deploy-write' }],
  },
  {
    id: '30c',
    title: 'a deploy token opens nothing on REST routes',
    evidence: ['inferred'],
    settings: ['private project'],
    steps: [{ ...get(rest, { status: [401, 403, 404] }), as: 'deploy-write', by: 'rest' }],
  },
];
