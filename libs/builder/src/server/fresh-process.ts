import { writeFile } from 'node:fs/promises';
import { runCommand } from '@nx-pypi/workspace';
import type { BuildEnd, ServerRequest } from './request.ts';

const KEPT_OUTPUT = 512 * 1024;

/** One build in a Python process of its own: backends that lie in the source tree, and systems that cannot fork. */
export async function buildInFreshProcess(python: string, script: string, request: ServerRequest): Promise<BuildEnd> {
  const file = `${request.result}.request`;
  await writeFile(file, JSON.stringify(request));
  const result = await runCommand(python, ['-s', script, 'build', file], {
    cwd: request.project,
    env: request.env,
    timeoutSeconds: request.seconds,
    maxOutputBytes: KEPT_OUTPUT,
  });
  const log = result.stdout + result.stderr;
  switch (result.end.kind) {
    case 'exited':
      return { kind: 'exited', code: result.end.code, log };
    case 'signalled':
      return { kind: 'signalled', signal: result.end.signal, log };
    case 'timed-out':
      return { kind: 'timed-out', log };
    case 'not-started':
      return { kind: 'lost', reason: result.end.reason, log };
  }
}
