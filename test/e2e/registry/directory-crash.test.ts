import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { nxWorkspace } from '../nx-workspace.ts';
import { clinicPackage } from './clinic.ts';

const names = ['clinic-bandage', 'clinic-drip', 'clinic-gown', 'clinic-mask', 'clinic-splint', 'clinic-tray'];
/** From before the first build to after the last upload, on fast machines and slow ones. */
const moments = [400, 600, 800, 1000, 1200, 1500, 1900, 2400];

it('a release that is killed leaves whole files and true pages, and the next one completes it', async () => {
  const workspace = await nxWorkspace({
    packages: [],
    files: Object.assign({}, ...names.map((name) => clinicPackage(name))),
    options: { registry: { directory: 'index' } },
  });
  const index = join(workspace.root, 'index');
  mkdirSync(index);
  const bin = join(workspace.root, 'node_modules/.bin/nx-pypi');
  const seen = new Map<string, string>();
  for (const moment of moments) {
    const child = spawn(bin, ['publish'], { cwd: workspace.root, stdio: 'ignore', detached: true });
    const ended = new Promise((done) => {
      child.once('close', done);
    });
    await Promise.race([ended, later(moment)]);
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
    for (const [path, sha256] of filesIn(index)) {
      expect(seen.get(path) ?? sha256).toBe(sha256);
      seen.set(path, sha256);
    }
    expect(lies(index)).toEqual([]);
  }
  const last = await workspace.cli(['publish']);
  expect(last).toMatchObject({ code: 0 });
  expect(filesIn(index).size).toBe(names.length * 2);
  for (const [path, sha256] of filesIn(index)) {
    const [folder = '', file = ''] = path.split('/');
    expect(readFileSync(join(index, folder, 'index.html'), 'utf8')).toContain(`${file}#sha256=${sha256}`);
    expect(readFileSync(join(index, 'index.html'), 'utf8')).toContain(`href="${folder}/"`);
    expect(seen.get(path) ?? sha256).toBe(sha256);
  }
});

/** sha256 of every file that an installer would see, by `package/file`. */
function filesIn(index: string): ReadonlyMap<string, string> {
  const paths = readdirSync(index, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\/[^./][^/]*\.(?:whl|gz)$/.test(path),
  );
  return new Map(
    paths.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(index, path)))
        .digest('hex'),
    ]),
  );
}

/** What pages say and the folders do not hold. */
function lies(index: string): readonly string[] {
  const files = filesIn(index);
  return names.flatMap((name) => {
    const page = join(index, name, 'index.html');
    const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
    return [...text.matchAll(/href="([^"#]+)#sha256=([0-9a-f]{64})"/g)]
      .filter(([, file, sha256]) => files.get(`${name}/${file ?? ''}`) !== sha256)
      .map(([link]) => `${name}: ${link}`);
  });
}
