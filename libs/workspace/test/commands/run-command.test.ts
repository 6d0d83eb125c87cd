import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runCommand } from '@nx-pypi/workspace';
import { folderWith } from '../setting/git-folder.ts';

const node = process.execPath;
const options = { cwd: process.cwd(), env: { PATH: process.env['PATH'] } };

it('returns output and exit code', async () => {
  const script = 'process.stdout.write("allegro"); process.stderr.write("ma non troppo"); process.exit(3)';
  const result = await runCommand(node, ['-e', script], options);
  expect(result).toStrictEqual({
    ok: false,
    end: { kind: 'exited', code: 3 },
    stdout: 'allegro',
    stderr: 'ma non troppo',
    truncated: false,
  });
});

it('gives the child no variable but those named', async () => {
  const result = await runCommand(node, ['-p', 'JSON.stringify(process.env)'], { ...options, env: { TEMPO: '120' } });
  expect(JSON.parse(result.stdout)).toMatchObject({ TEMPO: '120' });
  expect(Object.keys(JSON.parse(result.stdout) as object)).not.toContain('PATH');
});

it('passes arguments without a shell', async () => {
  const result = await runCommand(node, ['-p', 'process.argv[1]', '$HOME; echo `id`'], options);
  expect(result.stdout.trim()).toBe('$HOME; echo `id`');
});

it('writes input to stdin and closes it', async () => {
  const result = await runCommand(node, ['-e', 'process.stdin.pipe(process.stdout)'], { ...options, input: 'forte' });
  expect(result.stdout).toBe('forte');
});

it('says when the file cannot be started', async () => {
  const result = await runCommand('/no/such/conductor', [], options);
  expect(result.end).toMatchObject({ kind: 'not-started', reason: expect.stringContaining('ENOENT') as string });
});

it('kills the child and what it started when time is up', async () => {
  const beats = join(folderWith({ beats: '' }), 'beats');
  const beat = `setInterval(() => require('node:fs').appendFileSync(${JSON.stringify(beats)}, '.'), 20)`;
  const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(beat)}], { stdio: 'inherit' })`;
  const result = await runCommand(node, ['-e', `${grandchild}; setTimeout(() => {}, 60000)`], {
    ...options,
    timeoutSeconds: 3,
  });
  expect(result.end).toStrictEqual({ kind: 'timed-out', seconds: 3 });
  const counted = readFileSync(beats, 'utf8').length;
  expect(counted).toBeGreaterThan(0);
  await sleep(300);
  expect(readFileSync(beats, 'utf8')).toHaveLength(counted);
});

it('does not wait for a stray grandchild that holds the pipes', async () => {
  const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'inherit', detached: true }).unref()`;
  const started = Date.now();
  const result = await runCommand(node, ['-e', `${grandchild}; process.exit(0)`], options);
  expect(result.ok).toBe(true);
  expect(Date.now() - started).toBeLessThan(7_000);
});

it('keeps the start of stdout and the end of stderr, and says that it dropped the rest', async () => {
  const script = `for (let bar = 0; bar < 100000; bar++) { const line = String(bar).padStart(9, '0') + '\\n'; process.stdout.write(line); process.stderr.write(line) }`;
  const result = await runCommand(node, ['-e', script], { ...options, maxOutputBytes: 1000 });
  expect(result.truncated).toBe(true);
  expect(result.stdout).toHaveLength(1000);
  expect(result.stdout.startsWith('000000000\n')).toBe(true);
  expect(result.stderr.endsWith('000099999\n')).toBe(true);
});

it('names the signal that ended the child', async () => {
  const result = await runCommand(
    node,
    ['-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9000)'],
    options,
  );
  expect(result.end).toStrictEqual({ kind: 'signalled', signal: 'SIGTERM' });
});
