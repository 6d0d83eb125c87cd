import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step, UploadStep } from './case.ts';
import { fill, type Values } from './placeholders.ts';
import type { ConformanceTarget } from './target.ts';

/** A server's answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Sends a step's request once; again where the server asks to wait (429), at most three times. Never follows a redirect,
 * and sends no token to another origin, where a page may link to.
 */
export async function send(target: ConformanceTarget, url: string, step: Step, values: Values): Promise<Answer> {
  const request = requestOf(step, values);
  const address = /^https?:/.test(request.path) ? request.path : `${url}/api/v4${request.path}`;
  const ours = new URL(address).origin === new URL(url).origin;
  const headers = { ...(ours ? authorization(target, step) : {}), ...request.headers };
  for (let attempt = 1; ; attempt += 1) {
    const body = request.form === null ? {} : { body: formOf(request.form, values) };
    const response = await fetch(address, { method: request.method, headers, redirect: 'manual', ...body });
    const answer = { status: response.status, headers: response.headers, body: await response.text() };
    if (answer.status !== 429 || attempt === 3) return answer;
    await sleep(1000 * Math.min(60, Number(response.headers.get('retry-after') ?? 1)));
  }
}

interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: UploadStep | null;
}

function requestOf({ send: sent }: Step, values: Values): Outgoing {
  if (sent.kind === 'upload') {
    const path = fill(sent.upload.path ?? '/projects/{project}/packages/pypi', values);
    return { method: 'POST', path, headers: {}, form: sent.upload };
  }
  const accept = sent.kind === 'get' && sent.accept !== undefined ? { Accept: sent.accept } : {};
  return { method: sent.kind.toUpperCase(), path: fill(sent.path, values), headers: accept, form: null };
}

/** As Python clients fill it in: metadata first, the file last. */
function formOf(upload: UploadStep, values: Values): FormData {
  const content = upload.content ?? 'the tuba part';
  const fields = new Map([
    ['name', '{name}'],
    ['version', '1.0'],
    ['requires_python', ''],
    ['sha256_digest', createHash('sha256').update(content).digest('hex')],
    ...Object.entries(upload.fields ?? {}),
  ]);
  const form = new FormData();
  for (const [name, value] of fields) {
    if (upload.without?.includes(name) !== true) form.append(name, fill(value, values));
  }
  const filename = fill(upload.filename ?? '{under}-1.0.tar.gz', values);
  if (upload.without?.includes('content') !== true) {
    form.append(upload.part ?? 'content', new Blob([content]), filename);
  }
  return form;
}

function authorization(target: ConformanceTarget, { as = 'developer', by = 'basic' }: Step): Record<string, string> {
  if (as === 'anonymous') return {};
  const token = as === 'wrong' || as === 'wrong-job' ? 'not-a-token' : (target.tokens[as] ?? '');
  const isJob = as === 'job' || as === 'foreign-job' || as === 'wrong-job';
  if (by === 'job-header') return { 'JOB-TOKEN': token };
  if (by === 'rest') return isJob ? { 'JOB-TOKEN': token } : { 'PRIVATE-TOKEN': token };
  // GitLab ignores the user name of all but job tokens.
  const username = isJob && by === 'basic' ? 'gitlab-ci-token' : 'conformance';
  return { Authorization: `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}` };
}
