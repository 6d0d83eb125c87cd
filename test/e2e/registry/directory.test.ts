import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@nx-pypi/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nxWorkspace, run, type NxWorkspace } from '../nx-workspace.ts';
import { clinicPackage } from './clinic.ts';

/** A folder as a registry, and what real installers make of it. */

let home = '';
let python = '';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'clinic-'));
  await succeeds(run('python3', ['-m', 'venv', join(home, 'venv')], { root: home }));
  python = join(home, 'venv/bin/python');
});

afterAll(async () => rm(home, { recursive: true, force: true }));

async function clinic(directory: string): Promise<NxWorkspace> {
  return nxWorkspace({
    packages: [],
    files: { ...clinicPackage('clinic-bandage'), ...clinicPackage('clinic-splint', ['clinic-bandage']) },
    options: { registry: { directory } },
  });
}

describe('a folder of the workspace', () => {
  it('is filled by a release, finds nothing to do the second time, and pip installs from it by file and by web server', async () => {
    const workspace = await clinic('index');
    const index = join(workspace.root, 'index');
    mkdirSync(index);
    await succeeds(workspace.cli(['publish']));
    expect(
      readdirSync(index, { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(whl|gz|html)$/.test(path))
        .toSorted(),
    ).toEqual([
      'clinic-bandage/clinic_bandage-1.0.0-py3-none-any.whl',
      'clinic-bandage/clinic_bandage-1.0.0.tar.gz',
      'clinic-bandage/index.html',
      'clinic-splint/clinic_splint-1.0.0-py3-none-any.whl',
      'clinic-splint/clinic_splint-1.0.0.tar.gz',
      'clinic-splint/index.html',
      'index.html',
    ]);
    const again = await succeeds(workspace.cli(['publish', '--json']));
    expect(again).not.toContain('"uploaded"');

    const url = await pythonServer(index);
    const ways = [
      ['--index-url', pathToFileURL(index).href],
      ['--index-url', url],
      ['--no-index', '--find-links', join(index, 'clinic-bandage'), '--find-links', join(index, 'clinic-splint')],
    ];
    for (const way of ways) {
      const target = await temporaryFolder();
      const options = ['--isolated', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:'];
      await succeeds(
        run(python, ['-m', 'pip', 'install', ...options, ...way, '--target', target, 'Clinic.Splint'], workspace),
      );
      expect(readFileSync(join(target, 'clinic_splint.py'), 'utf8')).toBe('room = "clinic-splint"\n');
      expect(readFileSync(join(target, 'clinic_bandage.py'), 'utf8')).toBe('room = "clinic-bandage"\n');
    }
  });

  it('a change is released as the next version, and pip gets that', async () => {
    const workspace = await clinic('index');
    const index = join(workspace.root, 'index');
    mkdirSync(index);
    await succeeds(workspace.cli(['publish']));
    await workspace.commit('Repaint', { 'packages/clinic-bandage/clinic_bandage.py': 'room = "green"\n' });
    await succeeds(workspace.cli(['publish']));
    const target = await temporaryFolder();
    const options = [
      '--isolated',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--index-url',
      pathToFileURL(index).href,
    ];
    await succeeds(
      run(
        python,
        ['-m', 'pip', 'install', ...options, '--only-binary=:all:', '--target', target, 'clinic-bandage'],
        workspace,
      ),
    );
    expect(readdirSync(target)).toContain('clinic_bandage-1.0.1.dist-info');
    expect(readFileSync(join(target, 'clinic_bandage.py'), 'utf8')).toBe('room = "green"\n');
  });
});

describe('a shared folder', () => {
  it('A3, A4: asks for the same flags as any other shared registry', async () => {
    const share = await temporaryFolder();
    const workspace = await clinic(share);
    const refused = await workspace.cli(['publish']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('NXPYPI_NOT_IN_CI');
    expect(readdirSync(share)).toEqual([]);
    await succeeds(workspace.cli(['publish', '--local', '--new', 'all']));
    expect(
      readdirSync(share)
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
    ).toEqual(['clinic-bandage', 'clinic-splint', 'index.html']);
  });

  it('two runs at once: every file is there once, every page lists all', async () => {
    const share = await temporaryFolder();
    const [first, second] = [await clinic(share), await clinic(share)];
    const ends = await Promise.all(
      [first, second].map(async (one) => one.cli(['publish', '--local', '--new', 'all', '--json'])),
    );
    for (const name of ['clinic-bandage', 'clinic-splint']) {
      const page = readFileSync(join(share, name, 'index.html'), 'utf8');
      const files = readdirSync(join(share, name)).filter((file) => /\.(whl|gz)$/.test(file));
      for (const file of files) expect(page).toContain(`>${file}</a>`);
      expect(files.length).toBeGreaterThanOrEqual(2);
    }
    expect(ends.some(({ code }) => code === 0)).toBe(true);
  });
});

/** Python's own web server, which knows nothing of indexes; its URL. */
async function pythonServer(folder: string): Promise<string> {
  const port = await freePort();
  const child = spawn(python, ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', folder], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill());
  const url = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return url;
    await new Promise((later) => {
      setTimeout(later, 100);
    });
  }
  throw new Error(`no answer from ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => {
    server.close(closed);
  });
  return port;
}

async function succeeds(ended: Promise<{ readonly code: number; readonly text: string }>): Promise<string> {
  const { code, text } = await ended;
  if (code !== 0) throw new Error(`ended with ${code}:\n${text}`);
  return text;
}
