import { expect, it } from 'vitest';
import { environmentKey, isPinned, normalizedRequires } from '../../src/environments/environment-key.ts';
import { indexSettings, installerEnvironment } from '../../src/environments/installer-environment.ts';

const python = {
  executable: '/usr/bin/python3.11',
  version: '3.11.7',
  platform: 'linux-x86_64 cpython-311',
  pip: '24.0',
};
const wish = { requires: ['hatchling>=1.20', 'hatch-vcs'], constraints: '', indexSettings: [] };

it('is the same whatever the order, spelling and white space of requirements', () => {
  const other = { ...wish, requires: ['Hatch_VCS', ' hatchling >= 1.20', 'hatch-vcs'] };
  expect(environmentKey(python, other)).toBe(environmentKey(python, wish));
});

it.each([
  ['another interpreter', { ...python, executable: '/opt/python' }, wish],
  ['another version of Python', { ...python, version: '3.11.8' }, wish],
  ['another requirement', python, { ...wish, requires: ['hatchling>=1.21', 'hatch-vcs'] }],
  ['constraints', python, { ...wish, constraints: 'hatchling==1.20' }],
  ['another index', python, { ...wish, indexSettings: ['PIP_INDEX_URL=https://index.example/simple'] }],
])('differs for %s', (_, interpreter, other) => {
  expect(environmentKey(interpreter, other)).not.toBe(environmentKey(python, wish));
});

it('keeps markers and URLs as they are written', () => {
  expect(normalizedRequires(['Tomli >= 1 ; python_version < "3.11"', 'x @ file:///A/B.whl'])).toStrictEqual([
    'tomli>=1; python_version < "3.11"',
    'x@ file:///A/B.whl',
  ]);
});

it.each([
  [['poetry-core==2.0.1'], '', true],
  [['poetry-core == 2.0.1 ; python_version > "3"', 'x[y]===1'], '', true],
  [['poetry-core==2.*'], '', false],
  [['poetry-core>=2,==2.0.1'], '', true],
  [['poetry-core>=2.0.1'], '', false],
  [['poetry-core @ https://files.example/poetry_core.whl'], '', false],
  [['poetry-core', 'hatchling==1'], '', false],
  [['poetry-core'], 'poetry-core==2', true],
  [[], '', true],
])('isPinned(%j, constraints %j) === %s', (requires, constraints, pinned) => {
  expect(isPinned({ requires, constraints, indexSettings: [] })).toBe(pinned);
});

it('H2: the installer sees index, proxy and certificate settings, and no token', () => {
  const env = installerEnvironment({
    PATH: '/usr/bin',
    PIP_INDEX_URL: 'https://index.example/simple',
    UV_DEFAULT_INDEX: 'https://index.example/simple',
    https_proxy: 'http://proxy.example',
    SSL_CERT_FILE: '/ca.pem',
    CI_JOB_TOKEN: 'secret',
    TWINE_PASSWORD: 'secret',
    UV_PUBLISH_TOKEN: 'secret',
    PIP_TARGET: '/elsewhere',
    NPM_TOKEN: 'secret',
  });
  const names = ['PATH', 'PIP_INDEX_URL', 'UV_DEFAULT_INDEX', 'https_proxy', 'SSL_CERT_FILE'];
  expect(Object.keys(env).sort()).toStrictEqual(
    [...names, 'PIP_DISABLE_PIP_VERSION_CHECK', 'PIP_NO_INPUT', 'PYTHONNOUSERSITE'].sort(),
  );
});

it('H2: credentials take no part in the key', () => {
  const settings = (user: string): readonly string[] =>
    indexSettings({
      PIP_INDEX_URL: `https://${user}@index.example/simple`,
      UV_INDEX_ORCHESTRA_PASSWORD: user,
      PIP_CERT: 'x',
    });
  expect(settings('job:1')).toStrictEqual(['PIP_INDEX_URL=https://index.example/simple']);
  expect(settings('job:2')).toStrictEqual(settings('job:1'));
});
