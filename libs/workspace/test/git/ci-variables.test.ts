import { expect, it } from 'vitest';
import { ciFacts } from '../../src/git/ci-variables.ts';

const gitlab = {
  GITLAB_CI: 'true',
  CI_PIPELINE_URL: 'https://gitlab.example/o/s/-/pipelines/7',
  CI_COMMIT_REF_NAME: 'main',
};
const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'o/s',
  GITHUB_RUN_ID: '9',
};

it.each([
  ['nothing', {}, null, ''],
  ['variables without their CI', { CI_COMMIT_REF_NAME: 'main', GITHUB_REF: 'refs/heads/main' }, null, ''],
  ['GitLab, a branch', { ...gitlab, CI_COMMIT_BRANCH: 'main' }, 'main', gitlab.CI_PIPELINE_URL],
  ['GitLab, a tag called main', { ...gitlab, CI_COMMIT_TAG: 'main' }, 'refs/tags/main', gitlab.CI_PIPELINE_URL],
  [
    'GitLab, a merge request from a branch called main',
    { ...gitlab, CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/5/head' },
    'refs/merge-requests/5/head',
    gitlab.CI_PIPELINE_URL,
  ],
  [
    'GitHub, a branch',
    { ...github, GITHUB_REF: 'refs/heads/release/1.x' },
    'release/1.x',
    'https://github.example/o/s/actions/runs/9',
  ],
  [
    'GitHub, a pull request',
    { ...github, GITHUB_REF: 'refs/pull/5/merge' },
    'refs/pull/5/merge',
    'https://github.example/o/s/actions/runs/9',
  ],
])('%s', (_, env, ref, pipeline) => {
  expect(ciFacts(env)).toStrictEqual({ ref, pipeline });
});
