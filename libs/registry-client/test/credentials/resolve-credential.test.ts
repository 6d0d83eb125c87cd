import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveCredential, type CredentialSources } from '../../src/index.ts';
import { targetOf, tempFolder } from '../bakery.ts';

const origin = 'https://gitlab.bakery.example';
const target = targetOf({ kind: 'gitlab', url: origin, project: 9 });
const elsewhere = 'https://evil.example';

async function ask(
  env: CredentialSources['env'],
  files: Readonly<Record<string, string>> = {},
  rest: Partial<CredentialSources> = {},
): ReturnType<typeof resolveCredential> {
  const homeDir = await tempFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(homeDir, path, '..'), { recursive: true });
    await writeFile(join(homeDir, path), text);
  }
  return resolveCredential(target, { env: { POETRY_CONFIG_DIR: join(homeDir, 'pypoetry'), ...env }, homeDir, ...rest });
}

function login(username: string, password: string, source: unknown = expect.any(String)): object {
  return { kind: 'found', value: { username, password, source, origin } };
}

const pypirc = `[distutils]\nindex-servers = bakery\n[bakery]\nrepository = ${origin}/api/v4/projects/9/packages/pypi\nusername = ana\npassword = p%ss;w#rd\n`;
const netrc = `machine gitlab.bakery.example login ana password from-netrc\n`;
const uvToml = `[[index]]\nname = "oven-2"\nurl = "${origin}/api/v4/groups/7/-/packages/pypi/simple"\npublish-url = "${target.uploadUrl}"\n`;
const readOnly = { UV_INDEX_OVEN_2_USERNAME: 'reader', UV_INDEX_OVEN_2_PASSWORD: 'read' };
const poetryConfig = `[repositories.bakery]\nurl = "${origin}/api/v4/projects/9/packages/pypi"\n`;

describe('each source', () => {
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, object]>([
    [
      'NX_PYPI_*',
      { NX_PYPI_URL: `${origin}/anything`, NX_PYPI_TOKEN: 't1' },
      {},
      login('__token__', 't1', 'NX_PYPI_TOKEN'),
    ],
    [
      'NX_PYPI_* with a user',
      { NX_PYPI_URL: origin, NX_PYPI_USERNAME: 'ana', NX_PYPI_PASSWORD: 't2' },
      {},
      login('ana', 't2', 'NX_PYPI_PASSWORD'),
    ],
    [
      "NX_PYPI_TOKEN at the CI server's origin",
      { CI_SERVER_URL: origin, NX_PYPI_TOKEN: 't3' },
      {},
      login('__token__', 't3'),
    ],
    ['UV_PUBLISH_TOKEN', { UV_PUBLISH_URL: target.uploadUrl, UV_PUBLISH_TOKEN: 't4' }, {}, login('__token__', 't4')],
    [
      'UV_PUBLISH_PASSWORD',
      { UV_PUBLISH_URL: target.uploadUrl, UV_PUBLISH_USERNAME: 'u', UV_PUBLISH_PASSWORD: 't5' },
      {},
      login('u', 't5'),
    ],
    [
      'TWINE_PASSWORD',
      { TWINE_REPOSITORY_URL: target.uploadUrl, TWINE_USERNAME: 'u', TWINE_PASSWORD: 't6' },
      {},
      login('u', 't6'),
    ],
    [
      "UV_PUBLISH_INDEX, its publish-url from the user's uv.toml",
      { UV_PUBLISH_INDEX: 'oven-2', UV_PUBLISH_TOKEN: 't12' },
      { '.config/uv/uv.toml': uvToml },
      login('__token__', 't12', 'UV_PUBLISH_TOKEN'),
    ],
    [
      "UV_INDEX_<NAME>_*, the URL from the user's uv.toml",
      readOnly,
      { '.config/uv/uv.toml': uvToml },
      login('reader', 'read', 'UV_INDEX_OVEN_2_PASSWORD'),
    ],
    [
      'UV_INDEX_<NAME>_*, the URL from UV_INDEX',
      { ...readOnly, UV_INDEX: `other=${elsewhere}/simple oven-2=${origin}/simple` },
      {},
      login('reader', 'read', 'UV_INDEX_OVEN_2_PASSWORD'),
    ],
    [
      'UV_INDEX_<NAME>_*, the URL from UV_DEFAULT_INDEX',
      { ...readOnly, UV_DEFAULT_INDEX: `oven-2=${origin}/simple` },
      {},
      login('reader', 'read', 'UV_INDEX_OVEN_2_PASSWORD'),
    ],
    [
      'TWINE_REPOSITORY, its URL and user from .pypirc',
      { TWINE_REPOSITORY: 'bakery', TWINE_PASSWORD: 't13' },
      { '.pypirc': pypirc },
      login('ana', 't13', 'TWINE_PASSWORD'),
    ],
    [
      'POETRY_HTTP_BASIC_*, the URL from a variable',
      {
        POETRY_REPOSITORIES_BAKERY_URL: target.uploadUrl,
        POETRY_HTTP_BASIC_BAKERY_USERNAME: 'u',
        POETRY_HTTP_BASIC_BAKERY_PASSWORD: 't7',
      },
      {},
      login('u', 't7'),
    ],
    [
      "POETRY_PYPI_TOKEN_*, the URL from the user's config.toml",
      { POETRY_PYPI_TOKEN_BAKERY: 't8' },
      { 'pypoetry/config.toml': poetryConfig },
      login('__token__', 't8'),
    ],
    [
      'CI_JOB_TOKEN',
      { CI_API_V4_URL: `${origin}/api/v4`, CI_JOB_TOKEN: 't9' },
      {},
      login('gitlab-ci-token', 't9', 'CI_JOB_TOKEN'),
    ],
    [
      '.pypirc, no interpolation and no inline comment',
      {},
      { '.pypirc': pypirc },
      login('ana', 'p%ss;w#rd', '.pypirc section [bakery]'),
    ],
    ['.netrc', {}, { '.netrc': netrc }, login('ana', 'from-netrc')],
    [
      "Poetry's auth.toml",
      {},
      {
        'pypoetry/config.toml': poetryConfig,
        'pypoetry/auth.toml': `[http-basic.bakery]\nusername = "u"\npassword = "t10"\n`,
      },
      login('u', 't10'),
    ],
    [
      "Poetry's auth.toml: a token wins",
      {},
      {
        'pypoetry/config.toml': poetryConfig,
        'pypoetry/auth.toml': `[http-basic.bakery]\nusername = "u"\npassword = "no"\n[pypi-token]\nbakery = "t11"\n`,
      },
      login('__token__', 't11'),
    ],
    ['none', {}, {}, { kind: 'found', value: null }],
  ])('%s', async (_title, env, files, expected) => {
    expect(await ask(env, files)).toEqual(expected);
  });

  test('NETRC names another file', async () => {
    const file = join(await tempFolder(), 'elsewhere');
    await writeFile(file, netrc);
    expect(await ask({ NETRC: file })).toEqual(login('ana', 'from-netrc'));
  });

  test('the keyring command, when asked', async () => {
    const bin = await tempFolder();
    await writeFile(
      join(bin, 'keyring'),
      `#!/bin/sh\n[ "$2" = "${target.uploadUrl}" ] && echo "from the keyring of $3"\n`,
    );
    await chmod(join(bin, 'keyring'), 0o755);
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    expect(await ask(env)).toEqual({ kind: 'found', value: null });
    expect(await ask(env, {}, { keyring: true })).toEqual(login('__token__', 'from the keyring of __token__'));
  });
});

test('what a person gave wins, then variables, the job token, files', async () => {
  const env = {
    NX_PYPI_URL: origin,
    NX_PYPI_TOKEN: 'own',
    UV_PUBLISH_URL: origin,
    UV_PUBLISH_TOKEN: 'uv',
    TWINE_REPOSITORY_URL: origin,
    TWINE_PASSWORD: 'twine',
    CI_SERVER_URL: origin,
    CI_JOB_TOKEN: 'job',
    ...readOnly,
  };
  const files = { '.pypirc': pypirc, '.netrc': netrc, '.config/uv/uv.toml': uvToml };
  expect(await ask(env, files, { explicit: { password: 'given' } })).toEqual(login('__token__', 'given', 'option'));
  const order: (string | undefined)[] = [];
  const left: Record<string, string> = { ...env };
  for (const variable of ['NX_PYPI_TOKEN', 'UV_PUBLISH_TOKEN', 'TWINE_PASSWORD', 'CI_JOB_TOKEN']) {
    const found = await ask(left, files);
    order.push(found.kind === 'found' ? found.value?.source : found.problem.code);
    delete left[variable];
  }
  for (const file of ['.pypirc', '.config/uv/uv.toml'] as const) {
    const found = await ask(left, files);
    order.push(found.kind === 'found' ? found.value?.source : found.problem.code);
    files[file] = '';
  }
  const last = await ask(left, files);
  order.push(last.kind === 'found' ? last.value?.source : undefined);
  expect(order).toEqual([
    'NX_PYPI_TOKEN',
    'UV_PUBLISH_TOKEN',
    'TWINE_PASSWORD',
    'CI_JOB_TOKEN',
    '.pypirc section [bakery]',
    'UV_INDEX_OVEN_2_PASSWORD',
    'netrc entry for gitlab.bakery.example',
  ]);
});

describe('H1: a URL in the repository cannot redirect a secret', () => {
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['UV_PUBLISH_* without its URL', { UV_PUBLISH_TOKEN: 's' }, {}],
    ['UV_PUBLISH_* of another origin', { UV_PUBLISH_URL: elsewhere, UV_PUBLISH_TOKEN: 's' }, {}],
    ['UV_PUBLISH_INDEX that no file of the user knows', { UV_PUBLISH_INDEX: 'oven-2', UV_PUBLISH_TOKEN: 's' }, {}],
    [
      'UV_PUBLISH_INDEX without a publish-url',
      { UV_PUBLISH_INDEX: 'oven-2', UV_PUBLISH_TOKEN: 's' },
      { '.config/uv/uv.toml': uvToml.replace('publish-url', 'other-url') },
    ],
    [
      'UV_PUBLISH_INDEX, where UV_PUBLISH_URL says another origin',
      { UV_PUBLISH_INDEX: 'oven-2', UV_PUBLISH_URL: elsewhere, UV_PUBLISH_TOKEN: 's' },
      { '.config/uv/uv.toml': uvToml },
    ],
    ['UV_INDEX_<NAME>_* of an index that nobody outside names', readOnly, {}],
    ['UV_INDEX_<NAME>_* of another index', readOnly, { '.config/uv/uv.toml': uvToml.replace('oven-2', 'oven-3') }],
    [
      'TWINE_REPOSITORY without such a section',
      { TWINE_REPOSITORY: 'cellar', TWINE_PASSWORD: 's' },
      { '.pypirc': pypirc.replace('password =', 'note =') },
    ],
    [
      'TWINE_REPOSITORY of another origin',
      { TWINE_REPOSITORY: 'bakery', TWINE_PASSWORD: 's' },
      { '.pypirc': pypirc.replace(origin, elsewhere) },
    ],
    ['TWINE_* without its URL', { TWINE_USERNAME: 'u', TWINE_PASSWORD: 's' }, {}],
    [
      'TWINE_* of the same host over http',
      { TWINE_REPOSITORY_URL: 'http://gitlab.bakery.example', TWINE_PASSWORD: 's' },
      {},
    ],
    ['TWINE_* of another port', { TWINE_REPOSITORY_URL: `${origin}:8443`, TWINE_PASSWORD: 's' }, {}],
    ['a host that only begins alike', { TWINE_REPOSITORY_URL: `${origin}.evil.example`, TWINE_PASSWORD: 's' }, {}],
    ['a job token of another server', { CI_SERVER_URL: elsewhere, CI_JOB_TOKEN: 's' }, {}],
    ['POETRY_HTTP_BASIC_* without a URL', { POETRY_HTTP_BASIC_X_USERNAME: 'u', POETRY_HTTP_BASIC_X_PASSWORD: 's' }, {}],
    ['.pypirc of another project', {}, { '.pypirc': pypirc.replace('projects/9/', 'projects/90/') }],
    ['.pypirc of another origin with the same path', {}, { '.pypirc': pypirc.replace(origin, elsewhere) }],
    ['.pypirc without repository', {}, { '.pypirc': '[pypi]\nusername = __token__\npassword = s\n' }],
    ['the default entry of netrc', {}, { '.netrc': 'default login u password s\n' }],
    ['a comment in netrc', {}, { '.netrc': `# ${netrc}` }],
  ])('%s is not used', async (_title, env, files) => {
    expect(await ask(env, files)).toEqual({ kind: 'found', value: null });
  });

  test.each([{ NX_PYPI_TOKEN: 'own-secret' }, { NX_PYPI_TOKEN: 'own-secret', NX_PYPI_URL: elsewhere }])(
    'NX_PYPI_TOKEN without the right NX_PYPI_URL is an error, not silence: %j',
    async (env) => {
      const found = await ask(env);
      expect(found).toMatchObject({ kind: 'problem', problem: { code: 'NXPYPI_CREDENTIAL_NOT_BOUND' } });
      expect(JSON.stringify(found)).not.toContain('own-secret');
    },
  );

  test('NX_PYPI_TOKEN alone counts on this machine', async () => {
    const local = targetOf({ kind: 'gitlab', url: 'http://127.0.0.1:4873', project: 1 });
    const found = await resolveCredential(local, { env: { NX_PYPI_TOKEN: 't' }, homeDir: await tempFolder() });
    expect(found).toMatchObject({ value: { password: 't', origin: 'http://127.0.0.1:4873' } });
  });
});

describe('several registries: the one called `oven-2`', () => {
  const mine = { NX_PYPI_OVEN_2_URL: origin, NX_PYPI_OVEN_2_TOKEN: 'own' };
  const general = { NX_PYPI_URL: origin, NX_PYPI_TOKEN: 'general' };

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['its own variables first', { ...mine, ...general }, 'own', 'NX_PYPI_OVEN_2_TOKEN'],
    ['the general ones too', general, 'general', 'NX_PYPI_TOKEN'],
    [
      'never what is bound to another origin',
      { ...mine, ...general, NX_PYPI_OVEN_2_URL: elsewhere },
      'general',
      'NX_PYPI_TOKEN',
    ],
  ])('%s', async (_title, env, password, source) => {
    expect(await ask(env, {}, { registry: 'oven-2' })).toEqual(login('__token__', password, source));
  });

  test('variables of another registry are not missed here', async () => {
    const env = { NX_PYPI_URL: elsewhere, NX_PYPI_TOKEN: 'theirs' };
    expect(await ask(env, {}, { registry: 'oven-2', others: [`${elsewhere}/simple/`] })).toEqual({
      kind: 'found',
      value: null,
    });
    expect(await ask(env, {}, { registry: 'oven-2', others: ['https://third.example/'] })).toMatchObject({
      problem: { code: 'NXPYPI_CREDENTIAL_NOT_BOUND', message: expect.stringContaining('NX_PYPI_TOKEN') },
    });
  });

  test('variables with its name and without its origin are told', async () => {
    const env = { NX_PYPI_OVEN_2_TOKEN: 'own', NX_PYPI_OVEN_2_URL: elsewhere };
    expect(await ask(env, {}, { registry: 'oven-2' })).toMatchObject({
      problem: { code: 'NXPYPI_CREDENTIAL_NOT_BOUND', hint: expect.stringContaining('NX_PYPI_OVEN_2_URL=') },
    });
  });

  test('a configured user name goes with a bare token, unless a variable names another', async () => {
    expect(await ask(general, {}, { username: 'ana' })).toEqual(login('ana', 'general'));
    expect(await ask({ ...general, NX_PYPI_USERNAME: 'ben' }, {}, { username: 'ana' })).toEqual(
      login('ben', 'general'),
    );
  });
});
