import { describe, expect, test } from 'vitest';
import { resolveTarget, type RegistryConfig } from '../../src/index.ts';

const ci = {
  CI_API_V4_URL: 'https://gitlab.bakery.example/api/v4',
  CI_SERVER_URL: 'https://gitlab.bakery.example',
  CI_PROJECT_ID: '42',
  CI_PROJECT_NAMESPACE: 'bakery/registry',
  CI_PROJECT_NAMESPACE_ID: '7',
  GITLAB_USER_LOGIN: 'ana',
};

describe('resolveTarget', () => {
  test("'gitlab' in a job is the job's own project, read through its group", () => {
    expect(resolveTarget('gitlab', ci)).toEqual({
      kind: 'found',
      value: {
        kind: 'gitlab',
        uploadUrl: 'https://gitlab.bakery.example/api/v4/projects/42/packages/pypi',
        projectIndexUrl: 'https://gitlab.bakery.example/api/v4/projects/42/packages/pypi/simple/',
        groupIndexUrl: 'https://gitlab.bakery.example/api/v4/groups/7/-/packages/pypi/simple/',
        apiUrl: 'https://gitlab.bakery.example/api/v4/projects/42',
        display: 'project 42 of https://gitlab.bakery.example',
      },
    });
  });

  test.each([
    ['a personal namespace is no group', { ...ci, CI_PROJECT_NAMESPACE: 'ana' }, null],
    [
      'no id before GitLab 15.7: the path',
      { ...ci, CI_PROJECT_NAMESPACE_ID: undefined },
      'https://gitlab.bakery.example/api/v4/groups/bakery%2Fregistry/-/packages/pypi/simple/',
    ],
    ['no namespace at all', { ...ci, CI_PROJECT_NAMESPACE: undefined, CI_PROJECT_NAMESPACE_ID: undefined }, null],
  ])('%s', (_title, env, group) => {
    const found = resolveTarget('gitlab', env);
    const url = found.kind === 'found' ? found.value.groupIndexUrl : 'problem';
    expect(url).toEqual(group);
  });

  test("'gitlab' outside CI names the missing variable", () => {
    expect(resolveTarget('gitlab', {})).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_NO_REGISTRY' } });
    expect(resolveTarget('gitlab', { CI_API_V4_URL: ci.CI_API_V4_URL })).toMatchObject({
      problem: { message: expect.stringContaining('CI_PROJECT_ID') },
    });
  });

  test.each<[string, RegistryConfig, string]>([
    [
      'a sub-path',
      { kind: 'gitlab', url: 'https://intern.example/gitlab/', project: 9 },
      'https://intern.example/gitlab/api/v4/projects/9/packages/pypi',
    ],
    [
      'a URL that ends in /api/v4',
      { kind: 'gitlab', url: 'https://intern.example/api/v4', project: 9 },
      'https://intern.example/api/v4/projects/9/packages/pypi',
    ],
    [
      'a project path, encoded',
      { kind: 'gitlab', url: 'https://intern.example', project: 'bakery/rye bread' },
      'https://intern.example/api/v4/projects/bakery%2Frye%20bread/packages/pypi',
    ],
    [
      'http on this machine',
      { kind: 'gitlab', url: 'http://localhost:80', project: 1 },
      'http://localhost/api/v4/projects/1/packages/pypi',
    ],
    [
      'http where it was allowed',
      { kind: 'gitlab', url: 'http://intern.example', project: 1, allowHttp: true },
      'http://intern.example/api/v4/projects/1/packages/pypi',
    ],
    [
      'another server',
      {
        kind: 'pypi',
        uploadUrl: 'https://devpi.example/baker/dev/',
        indexUrl: 'https://devpi.example/baker/dev/+simple',
      },
      'https://devpi.example/baker/dev/',
    ],
  ])('%s', (_title, config, uploadUrl) => {
    expect(resolveTarget(config, {})).toMatchObject({ kind: 'found', value: { uploadUrl } });
  });

  test('an index URL gets its slash', () => {
    const found = resolveTarget(
      { kind: 'pypi', uploadUrl: 'https://a.example/', indexUrl: 'https://a.example/simple' },
      {},
    );
    expect(found).toMatchObject({
      value: { projectIndexUrl: 'https://a.example/simple/', groupIndexUrl: null, apiUrl: null },
    });
  });

  test.each<[string, RegistryConfig, string]>([
    ['plain http', { kind: 'gitlab', url: 'http://gitlab.example', project: 1 }, 'NXPYPI_INSECURE_REGISTRY'],
    [
      'plain http that resembles this machine',
      { kind: 'gitlab', url: 'http://127.0.0.1.example', project: 1 },
      'NXPYPI_INSECURE_REGISTRY',
    ],
    [
      'a plain http index',
      { kind: 'pypi', uploadUrl: 'https://a.example/', indexUrl: 'http://a.example/simple/' },
      'NXPYPI_INSECURE_REGISTRY',
    ],
    ['no URL', { kind: 'gitlab', url: 'gitlab.example', project: 1 }, 'NXPYPI_REGISTRY_CONFIG'],
    ['another scheme', { kind: 'gitlab', url: 'file:///etc/passwd', project: 1 }, 'NXPYPI_REGISTRY_CONFIG'],
  ])('refused: %s', (_title, config, code) => {
    expect(resolveTarget(config, {})).toMatchObject({ kind: 'problem', problem: { code } });
  });

  test('H2: credentials in the URL are refused and not repeated', () => {
    const found = resolveTarget({ kind: 'gitlab', url: 'https://ana:geheim@gitlab.example', project: 1 }, {});
    expect(found).toMatchObject({ problem: { code: 'NXPYPI_CREDENTIALS_IN_URL' } });
    expect(JSON.stringify(found)).not.toContain('geheim');
  });
});
