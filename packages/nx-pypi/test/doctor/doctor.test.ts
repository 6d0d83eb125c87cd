import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { doctor, folder, openWard, serve, workspace, write } from './ward.ts';

const project = { project: 'ward/registry', group: 'ward' };

describe('the credential', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['may upload', { NX_PYPI_TOKEN: 'glpat-nurse' }, []],
    ['is wrong', { NX_PYPI_TOKEN: 'glpat-wrong' }, ['NXPYPI_UNAUTHORIZED']],
    ['lacks the scope', { NX_PYPI_TOKEN: 'glpat-reader' }, ['NXPYPI_MISSING_SCOPE']],
    ['lacks the role', { NX_PYPI_TOKEN: 'glpat-visitor' }, ['NXPYPI_FORBIDDEN']],
    ['does not see the project', { NX_PYPI_TOKEN: 'glpat-outsider' }, ['NXPYPI_PROJECT_NOT_FOUND']],
    ['is a job token that is not on the allowlist', { CI_JOB_TOKEN: 'job-stranger' }, ['NXPYPI_JOB_TOKEN_NOT_ALLOWED']],
    ['is missing', {}, ['NXPYPI_UNAUTHORIZED']],
  ])('%s', async (_title, given, codes) => {
    const { url } = await openWard();
    const env = { ...given, NX_PYPI_URL: url, CI_SERVER_URL: url };
    const { code, findings, printed } = await doctor(workspace({ registry: { url, ...project } }, ['scalpel']), env);
    const wrong = findings.filter(({ grade }) => grade === 'wrong');
    expect(wrong.map((one) => one.code)).toEqual(codes);
    expect(code).toBe(codes.length === 0 ? 0 : 1);
    const [source] = Object.keys(given);
    expect(findings.map(({ message }) => message).join('\n')).toContain(source ?? 'and none was found');
    for (const token of Object.values(given)) expect(printed).not.toContain(token);
  });
});

describe('the registry', () => {
  test('a project that does not exist', async () => {
    const { url } = await openWard();
    const root = workspace({ registry: { url, project: 'ward/pharmacy' } });
    const { code, findings } = await doctor(root, { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' });
    expect(findings.filter(({ grade }) => grade === 'wrong')).toMatchObject([{ code: 'NXPYPI_PROJECT_NOT_FOUND' }]);
    expect(code).toBe(1);
  });

  test('a group that does not exist is told from a project that does not', async () => {
    const { url } = await openWard();
    const root = workspace({ registry: { url, project: 'ward/registry', group: 'wards' } });
    const { findings } = await doctor(root, { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' });
    const wrong = findings.filter(({ grade }) => grade === 'wrong');
    expect(wrong).toMatchObject([
      {
        message: expect.stringContaining('The group was not found'),
        hint: expect.stringContaining('`registry.group`'),
      },
    ]);
    expect(wrong[0]?.message).toContain('/groups/wards/');
  });

  test('a proxy is named, without its login, where requests may go through it', async () => {
    const { url } = await openWard();
    const env = {
      https_proxy: 'http://nurse:secret@127.0.0.1:9',
      HTTP_PROXY: '127.0.0.1:9',
      NX_PYPI_TOKEN: 'glpat-nurse',
    };
    const far = 'https://gitlab.ward.invalid';
    const { findings, printed } = await doctor(workspace({ registry: { url: far, ...project } }), {
      ...env,
      NX_PYPI_URL: far,
    });
    expect(findings.filter(({ message }) => message.includes('proxy'))).toMatchObject([
      { grade: 'note', message: 'https_proxy is set: unless no_proxy says otherwise, requests go through 127.0.0.1:9' },
    ]);
    expect(printed).not.toContain('secret');
    const near = await doctor(workspace({ registry: { url, ...project } }), { ...env, NX_PYPI_URL: url });
    expect(near.findings.filter(({ message }) => message.includes('proxy'))).toEqual([]);
  });

  test('a server that does not speak TLS is told in words', async () => {
    const url = (await openWard()).url.replace('http:', 'https:');
    const root = workspace({ registry: { url, ...project } });
    const { findings } = await doctor(root, { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' });
    const wrong = findings.filter(({ grade }) => grade === 'wrong');
    expect(wrong.map(({ message }) => message)).toEqual([
      `${new URL(url).host} could not be reached: TLS failed, wrong version number.`,
    ]);
  });

  test.each([true, false])('forwarding: %j', async (on) => {
    const elsewhere = await serve((_request, response) => response.writeHead(404).end());
    const { url } = await openWard({ features: { forwarding: on ? elsewhere : false } });
    const root = workspace({ registry: { url, ...project } });
    const { code, findings } = await doctor(root, { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' });
    const lines = findings.filter(({ topic, message }) => topic === 'registry' && message.includes('unknown names'));
    expect(lines.map(({ grade }) => grade)).toEqual(on ? ['warning', 'warning'] : ['ok', 'ok']);
    expect(lines[0]?.message.includes(new URL(elsewhere).host)).toBe(on);
    expect(code).toBe(0);
  });

  test('none in CI, a folder that is not there, one of several that is down: each is told under its name', async () => {
    const { url } = await openWard();
    expect(await doctor(workspace({}), { CI: 'true' })).toMatchObject({ code: 1 });
    const root = workspace(
      {
        registry: { url, ...project },
        registries: {
          attic: { packages: ['gauze'], registry: { directory: 'attic' } },
          spare: { packages: ['crutch'], registry: { url: 'http://127.0.0.1:9', project: 1 } },
          cellar: { packages: ['bed'], registry: { directory: 'cellar' } },
        },
      },
      ['scalpel', 'gauze', 'crutch', 'bed'],
    );
    mkdirSync(join(root, 'cellar'));
    const { code, findings } = await doctor(root, { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' });
    expect(code).toBe(1);
    const wrong = findings.filter(({ grade }) => grade === 'wrong');
    expect(wrong.map((one) => [one.topic, one.code])).toEqual([
      ['registry attic', 'NXPYPI_DIRECTORY_MISSING'],
      ['registry spare', 'NXPYPI_REGISTRY_UNREACHABLE'],
      ['registry spare', 'NXPYPI_NO_CREDENTIAL'],
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({ topic: 'registry cellar', message: 'the folder can be written' }),
    );
  });
});

describe('names', () => {
  test('B2: a name that strangers have, that ours forwards and does not have, is wrong; what ours has is a warning', async () => {
    const seen: (string | undefined)[] = [];
    const strangers = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const name = (request.url ?? '').split('/').at(-2) ?? '';
      if (!['gauze', 'scalpel'].includes(name))
        return response.writeHead(404, { 'content-type': 'text/plain' }).end('404 Not Found');
      response.writeHead(200, { 'content-type': 'text/html' });
      return response.end(
        `<!DOCTYPE html><html><body><h1>Links for ${name}</h1><a href="${name}-9.tar.gz">${name}-9.tar.gz</a></body></html>`,
      );
    });
    const { url } = await openWard({ features: { forwarding: strangers } });
    const form = new FormData();
    for (const [key, value] of Object.entries({ name: 'scalpel', version: '1.0', sha256_digest: 'a'.repeat(64) }))
      form.append(key, value);
    form.append('content', new Blob(['x']), 'scalpel-1.0.tar.gz');
    const headers = { authorization: `Basic ${Buffer.from('nurse:glpat-nurse').toString('base64')}` };
    await fetch(`${url}/api/v4/projects/9/packages/pypi`, { method: 'POST', headers, body: form });
    const root = workspace({ registry: { url, ...project } }, ['gauze', 'scalpel', 'sling']);
    const env = { NX_PYPI_URL: url, NX_PYPI_TOKEN: 'glpat-nurse' };
    const { code, findings } = await doctor(root, env, ['--look-public', `${strangers}/simple/`]);
    const names = findings.filter(({ topic }) => topic === 'names');
    expect(names.map(({ grade, message }) => [grade, message.split(' ')[0]])).toEqual([
      ['ok', '1'],
      ['wrong', 'gauze'],
      ['warning', 'scalpel'],
    ]);
    expect(code).toBe(1);
    expect(seen.every((authorization) => authorization === undefined)).toBe(true);
  });

  test('they are looked up only when an index is given', async () => {
    const root = workspace({ registry: { directory: '.' } }, ['gauze']);
    expect((await doctor(root)).findings.filter(({ topic }) => topic === 'names')).toEqual([]);
    expect(await doctor(root, {}, ['--look-public', 'yes'])).toMatchObject({ code: 2, findings: [] });
  });
});

describe('options', () => {
  test('an unknown one is told with the one that was meant, and no registry is asked', async () => {
    const { code, findings } = await doctor(workspace({ regstry: 'gitlab', concurrency: 0 }));
    expect(findings.filter(({ grade }) => grade === 'wrong')).toMatchObject([
      { topic: 'options', message: "nx-pypi has no option 'regstry'", hint: "did you mean 'registry'?" },
      { topic: 'options', message: "concurrency can't be 0" },
    ]);
    expect(findings.filter(({ topic }) => topic.startsWith('registry'))).toEqual([]);
    expect(code).toBe(1);
  });

  test.each<[string, string, string]>([
    ['no JSON', '{', 'wrong'],
    ['no entry', '{"plugins": ["@nx/js"]}', 'warning'],
    ['an entry without options', '{"plugins": ["nx-pypi"]}', 'ok'],
  ])('nx.json: %s', async (_title, text, grade) => {
    const root = folder();
    write(join(root, 'nx.json'), text);
    const { findings } = await doctor(root);
    expect(findings[0]).toMatchObject({ topic: 'options', grade });
  });

  test('a route that takes nothing, and a package that two take', async () => {
    const registry = { directory: '.' };
    const root = workspace(
      {
        registry,
        registries: { a: { packages: ['tag:sharp'], registry }, b: { packages: ['s*', 'plaster'], registry } },
      },
      ['scalpel', 'gauze'],
    );
    write(join(root, 'packages/scalpel/project.json'), '{ "name": "scalpel", "tags": ["sharp"] }');
    const { code, findings } = await doctor(root);
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ grade: 'warning', message: "'plaster' of the registry b fits no package" }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ grade: 'wrong', code: 'NXPYPI_TWO_REGISTRIES' }));
  });
});

test('law 5: a package that needs one of another registry is told, one of its own is not', async () => {
  const registry = { directory: '.' };
  const root = workspace({ registry, registries: { open: { packages: ['leaflet', 'poster'], registry } } });
  const needs = (name: string, dependencies: readonly string[]): void =>
    write(
      join(root, name, 'pyproject.toml'),
      `[project]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ${JSON.stringify(dependencies)}\n`,
    );
  needs('gauze', []);
  needs('poster', []);
  needs('leaflet', ['poster>=1', 'gauze>=1']);
  const { findings } = await doctor(root);
  expect(
    findings.filter(({ message }) => message.includes('needs')).map(({ grade, message }) => [grade, message]),
  ).toEqual([['warning', 'leaflet goes to the registry open and needs gauze, which goes to the default registry']]);
});

describe('tools', () => {
  test('a Python that is missing is wrong, uv that is missing is a note', async () => {
    const root = workspace({ registry: { directory: '.' }, python: 'python-of-yesterday' });
    const { code, findings } = await doctor(root, { PATH: folder() });
    const tools = findings.filter(({ topic }) => topic === 'tools');
    expect(tools.map(({ grade }) => grade)).toEqual(['wrong', 'note', 'wrong']);
    expect(tools[0]?.message).toContain('python-of-yesterday');
    expect(code).toBe(1);
  });

  test('H2: they get no token', async () => {
    const bin = folder();
    for (const tool of ['python3', 'uv', 'git']) {
      write(join(bin, tool), `#!/bin/sh\n/usr/bin/env > '${bin}/${tool}.env'\necho 3.12.0\n`);
      chmodSync(join(bin, tool), 0o755);
    }
    const { findings } = await doctor(workspace({ registry: { directory: '.' } }), {
      PATH: bin,
      NX_PYPI_TOKEN: 'glpat-nurse',
    });
    expect(findings.filter(({ topic }) => topic === 'tools').map(({ grade }) => grade)).toEqual(['ok', 'ok', 'ok']);
    for (const tool of ['python3', 'uv', 'git']) {
      expect(readFileSync(join(bin, `${tool}.env`), 'utf8')).not.toContain('glpat-nurse');
    }
  });
});

test('manifests that cannot be read are wrong, with their place', async () => {
  const root = workspace({ registry: { directory: '.' } }, ['lint']);
  write(join(root, 'packages/gauze/pyproject.toml'), '[project]\nname = "gauze\n');
  const { code, findings } = await doctor(root);
  const manifests = findings.filter(({ topic }) => topic === 'manifests');
  expect(manifests.map(({ grade, code: name }) => [grade, name])).toEqual([['wrong', 'NXPYPI_BAD_TOML']]);
  expect(manifests[0]?.message).toContain('packages/gauze/pyproject.toml:2');
  expect(code).toBe(1);
});

test('people read lines, grouped, with what to do', async () => {
  const lines: string[] = [];
  const root = workspace({ registry: { directory: 'nowhere' } });
  const code = await runCli(['doctor'], {
    cwd: root,
    env: { PATH: folder() },
    out: (line) => lines.push(line),
    error: () => undefined,
  });
  expect(code).toBe(1);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "options
      ok       1 set in nx.json, all of them known

    tools
      wrong    'python3' is no Python that can make virtual environments
               install Python 3.9 or newer with venv (Debian: python3-venv), or name another interpreter in the option python
      note     uv was not found: pip makes the build environments, which takes longer
      wrong    git was not found
               install git: releases come from commits

    registry
      note     folder nowhere
      wrong    NXPYPI_DIRECTORY_MISSING: The folder that holds the packages does not exist.
               Mount the share, or create the folder if this is its first use.

    6 findings, something is wrong"
  `);
});
