import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Login } from './credential.ts';

const run = promisify(execFile);
const timeoutMs = 10_000;

/**
 * The password that the `keyring` command holds for the upload URL, else for its origin; null where there is no command or
 * no entry. Source: keyring docs, "Command-line utility".
 */
export async function keyringLogin(
  env: Readonly<Record<string, string | undefined>>,
  uploadUrl: URL,
  username: string,
): Promise<Login | null> {
  for (const service of [uploadUrl.href, uploadUrl.origin]) {
    const password = await ask(env, service, username);
    if (password !== null) return { username, password, source: `keyring entry for ${service}` };
  }
  return null;
}

async function ask(env: NodeJS.ProcessEnv, service: string, username: string): Promise<string | null> {
  try {
    const { stdout } = await run('keyring', ['get', service, username], { env, timeout: timeoutMs, windowsHide: true });
    const password = stdout.replace(/\r?\n$/, '');
    return password === '' ? null : password;
  } catch {
    return null;
  }
}
