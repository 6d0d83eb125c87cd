import type { Environment } from '../commands/command.ts';

export interface CiFacts {
  /** A branch's name; `refs/tags/…`, `refs/merge-requests/…` or `refs/pull/…` for what is none; null when CI does not tell. */
  readonly ref: string | null;
  /** URL, or ''. */
  readonly pipeline: string;
}

/**
 * What the CI server says of the commit that it checked out detached. A merge request is never taken for its source branch:
 * a fork may call its branch `main`. GitLab: docs "Predefined CI/CD variables"; GitHub: docs "Variables reference".
 */
export function ciFacts(env: Environment): CiFacts {
  if (env['GITLAB_CI'] === 'true') return { ref: gitlabRef(env), pipeline: env['CI_PIPELINE_URL'] ?? '' };
  if (env['GITHUB_ACTIONS'] === 'true') return { ref: githubRef(env), pipeline: githubRun(env) };
  return { ref: null, pipeline: '' };
}

function gitlabRef(env: Environment): string | null {
  const mergeRequest = env['CI_MERGE_REQUEST_REF_PATH'] ?? '';
  if (mergeRequest !== '') return mergeRequest;
  const tag = env['CI_COMMIT_TAG'] ?? '';
  if (tag !== '') return `refs/tags/${tag}`;
  return env['CI_COMMIT_BRANCH'] || env['CI_COMMIT_REF_NAME'] || null;
}

function githubRef(env: Environment): string | null {
  const ref = env['GITHUB_REF'] ?? '';
  if (ref === '') return null;
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : ref;
}

function githubRun(env: Environment): string {
  const [server, repository, run] = [env['GITHUB_SERVER_URL'], env['GITHUB_REPOSITORY'], env['GITHUB_RUN_ID']];
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : '';
}
