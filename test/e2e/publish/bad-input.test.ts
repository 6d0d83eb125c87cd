import { createServer } from 'node:http';
import { temporaryFolder } from '@nx-pypi/testkit';
import { localRealm, startRegistry } from 'nx-pypi-registry';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';

const DUO = [
  { name: 'orchestra-flute', backend: 'hatchling', version: '1.0.0' },
  { name: 'orchestra-oboe', backend: 'hatchling', version: '2.0.0' },
] as const;

async function gitlab(token: string) {
  const registry = await startRegistry({ storage: await temporaryFolder(), realm: localRealm(token) });
  onTestFinished(() => registry.close());
  return { registry, options: { registry: { url: registry.url, project: 'local/packages', group: 'local' } } };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('bad input gives one clear error, and everything else goes on', () => {
  it('a registry that is down', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const workspace = await nxWorkspace({
      packages: DUO,
      options: { registry: { url, project: 'local/packages', group: 'local' } },
    });
    const { code, text } = await workspace.nx(['run-many', '-t', 'publish'], {
      NX_PYPI_URL: url,
      NX_PYPI_TOKEN: 'secret-of-the-flute',
    });
    expect(code).toBe(1);
    expect(text).toContain('NXPYPI_REGISTRY_UNREACHABLE');
    expect(text).toContain(url);
    expect(text).toContain('what to do:');
    expect(text).not.toContain('secret-of-the-flute');
  });

  it('a wrong token', async () => {
    const { registry, options } = await gitlab('right');
    const workspace = await nxWorkspace({ packages: DUO, options });
    const { code, text } = await workspace.nx(['run-many', '-t', 'publish'], {
      NX_PYPI_URL: registry.url,
      NX_PYPI_TOKEN: 'wrong-token-of-the-oboe',
    });
    expect(code).toBe(1);
    expect(text).toContain('NXPYPI_UNAUTHORIZED');
    expect(text).toContain(registry.url);
    expect(text).not.toContain('wrong-token-of-the-oboe');
    expect(registry.requests.filter((request) => request.status === 201)).toEqual([]);
  });

  it('a package that does not build: its dependents are skipped, all others are published', async () => {
    const workspace = await nxWorkspace({
      packages: [
        ...DUO,
        { name: 'orchestra-reed', backend: 'setuptools', version: '1.0.0' },
        { name: 'orchestra-bassoon', backend: 'hatchling', version: '1.0.0', dependencies: ['orchestra-reed>=1'] },
      ],
      files: { 'packages/orchestra-reed/setup.py': 'raise SystemExit("the reed is split")\n' },
    });
    const { code, text } = await workspace.nx(['run-many', '-t', 'publish']);
    expect(code).toBe(1);
    expect(text).toMatch(/NXPYPI_BUILD_FAILED.*orchestra-reed/);
    expect(text).toContain('the reed is split');
    expect(text).toContain('orchestra-bassoon  1.0.0 skipped: it needs orchestra-reed, which is not published');
    expect(text).toContain('orchestra-flute  1.0.0 published');
    expect(text).toContain('orchestra-oboe  2.0.0 published');
  });

  it('a manifest that is not TOML', async () => {
    const workspace = await nxWorkspace({
      packages: DUO,
      files: { 'packages/broken/pyproject.toml': '[project\nname = "broken"\n' },
    });
    const { code, text } = await workspace.nx(['run-many', '-t', 'publish']);
    expect(code).toBe(1);
    expect(text).toContain('NXPYPI_BAD_TOML');
    expect(text).toContain('packages/broken/pyproject.toml:1');
    expect(text).toContain('orchestra-flute  1.0.0 published');
    expect(text).toContain('orchestra-oboe  2.0.0 published');
  });

  it('CI without a registry: nothing may be published to nowhere', async () => {
    const workspace = await nxWorkspace({ packages: DUO });
    const { code, text } = await workspace.nx(['run-many', '-t', 'publish'], { CI: 'true' });
    expect(code).toBe(1);
    expect(text).toContain('NXPYPI_NO_REGISTRY');
  });

  it('a wrong word on the command line', async () => {
    const workspace = await nxWorkspace({ packages: DUO });
    expect(await workspace.cli(['publsh'])).toEqual({
      code: 2,
      text: expect.stringContaining("there is no command 'publsh'"),
    });
    expect(await workspace.cli(['publish', '--level', 'huge'])).toEqual({
      code: 2,
      text: expect.stringContaining("'huge' is neither a level nor a version"),
    });
  });
});
