import { Buffer } from 'node:buffer';

const mask = '***';

/** The text without the secrets, in any form that a URL or an error may give them, and without `user:password@` in URLs. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret !== '').flatMap((secret) => formsOf(secret));
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const hidden = longestFirst.reduce((line, form) => line.replaceAll(form, mask), text);
  return hidden.replace(/(https?:\/\/)[^\s/@]+@/gi, `$1${mask}@`);
}

/** All that must not be printed of a user name and password: the password and the Basic header made of both. */
export function secretsOf(
  credential: { readonly username: string; readonly password: string } | null,
): readonly string[] {
  if (credential === null) return [];
  return [credential.password, Buffer.from(`${credential.username}:${credential.password}`).toString('base64')];
}

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64, base64.replace(/=+$/, '')];
}
