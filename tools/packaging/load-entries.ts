import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackedFile } from './tarball.ts';

export interface LoadRequest {
  readonly files: readonly PackedFile[];
  /** Paths inside the tarball that Nx or programs load. */
  readonly modules: readonly string[];
  /** Paths inside the tarball that users run. */
  readonly binaries: readonly string[];
}

/**
 * Unpacks a tarball beside the installed dependencies and loads it as users do: modules with `require`, as Nx does
 * (so nothing may await at top level), binaries with `--help`. Returns one sentence per fault.
 */
export async function loadEntries(nodeModules: string, request: LoadRequest): Promise<readonly string[]> {
  const folder = mkdtempSync(join(nodeModules, '.pack-check-'));
  try {
    for (const { path, mode, text } of request.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      chmodSync(join(folder, path), mode);
    }
    const modules = request.modules.map(async (path) =>
      failure(folder, path, ['--eval', `require(${JSON.stringify(`./${path}`)})`]),
    );
    const binaries = request.binaries.map(async (path) => failure(folder, path, [path, '--help']));
    return (await Promise.all([...modules, ...binaries])).flat();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function failure(cwd: string, path: string, args: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--no-warnings', ...args], { cwd, timeout: 60_000 }, (error, _stdout, stderr) => {
      resolve(error === null ? [] : [`node ${args.join(' ')} fails, so ${path} cannot be used: ${reason(stderr)}`]);
    });
  });
}

/** The error's own line, without Node's stack. */
function reason(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.find((line) => /^\w*Error/.test(line)) ?? lines.at(-1) ?? '';
}
