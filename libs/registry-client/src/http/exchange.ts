import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@nx-pypi/manifests';
import type { Dispatcher } from 'undici';
import type { Credential } from '../credentials/credential.ts';
import { redact, secretsOf } from '../text/redact.ts';
import { sanitize } from '../text/sanitize.ts';
import { printableUrl } from '../target/origin.ts';
import { announcedRate } from './announced-rate.ts';
import { readBody, type BodyLimit } from './body.ts';
import { longestMs, patienceOf } from './patience.ts';
import { createLimiter } from './limiter.ts';
import { isStrain } from './pace.ts';
import { sendRequest, type HttpRequest, type Opened } from './send-request.ts';
import { delayMs, isPassing, retryAfterMs, type RetryPolicy } from './retry-policy.ts';

/** One answer with its text; headers in lower case, repeated ones joined. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export type Exchanged =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** All HTTP of one client, so of a whole run: one limiter, one set of connections, one credential for one origin. */
export interface Exchange {
  /**
   * One try, no redirects followed; `use` reads or destroys the body, and calls `strained` where it breaks off. Never throws for
   * what a network or server does.
   */
  open<T>(request: HttpRequest, use: (opened: Opened, strained: () => void) => Promise<T>): Promise<T>;
  /** One try, with its body read. */
  once(request: HttpRequest, limit: BodyLimit): Promise<Exchanged>;
  /** As `once`, tried again after transport errors, 408, 425, 429 and 5xx: for requests that change nothing. */
  read(request: HttpRequest, limit: BodyLimit): Promise<Exchanged>;
  /** Waits before try `attempt + 1`. */
  rest(attempt: number): Promise<void>;
  readonly retry: RetryPolicy;
  readonly credential: Credential | null;
  /** Longest silence within an answer, in milliseconds. */
  readonly patienceMs: number;
  /** Others' text as it may be printed: one line, without the secrets. */
  printable(text: string, limit?: number): string;
}

export interface ExchangeOptions {
  /** Opened with the first request; may throw (a CA file that cannot be read). */
  readonly dispatcher: () => Dispatcher;
  readonly credential: Credential | null;
  readonly concurrency: number;
  readonly userAgent: string;
  /** Most that a request may ask for; milliseconds. */
  readonly patienceMs: number;
  readonly retry: RetryPolicy;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { credential, retry } = options;
  const limiter = createLimiter(options.concurrency);
  const secrets = secretsOf(credential);
  const printable = (text: string, limit?: number): string => sanitize(redact(text, secrets), limit);
  const patience = Math.min(patienceOf({}), options.patienceMs);

  /** The REST API and object storage have limits of their own, or none: what they announce is not that of the package routes. */
  function heed({ authorization }: HttpRequest, { statusCode, headers }: Dispatcher.ResponseData): void {
    const rate = announcedRate((name) => firstOf(headers[name]), Date.now());
    if (authorization === 'basic')
      limiter.heed(rate === null ? null : { ...rate, resetMs: Math.min(rate.resetMs, retry.longestPauseMs) });
    if (statusCode !== 429) return;
    const asked = retryAfterMs(firstOf(headers['retry-after']), Date.now());
    limiter.pause(Math.min(asked ?? delayMs(retry, 0, Math.random()), retry.longestPauseMs));
  }

  async function open<T>(asked: HttpRequest, use: (opened: Opened, strained: () => void) => Promise<T>): Promise<T> {
    return limiter.run(async (strained) => {
      const opened = await sendRequest({ ...options, printable }, asked);
      if (opened.kind === 'opened') heed(asked, opened.response);
      else limiter.heed(null);
      if (opened.kind === 'failed' || isStrain(opened.response.statusCode)) strained();
      return use(opened, strained);
    });
  }

  async function once(asked: HttpRequest, limit: BodyLimit): Promise<Exchanged> {
    return open(asked, async (opened, strained) => {
      if (opened.kind === 'failed') return opened;
      const longest = longestMs(Math.min(patience, patienceOf(asked)));
      const exchanged = await answerOf(asked.url, opened.response, { limit, longest }, printable);
      if (exchanged.kind === 'failed' && isUnreachable(exchanged.problem)) strained();
      return exchanged;
    });
  }

  const rest = async (attempt: number): Promise<void> => wait(delayMs(retry, attempt, Math.random()));

  return {
    retry,
    credential,
    patienceMs: patience,
    printable,
    rest,
    once,
    open,
    async read(asked, limit) {
      let last = await once(asked, limit);
      for (let attempt = 0; attempt + 1 < retry.attempts && mayPass(last, retry); attempt += 1) {
        await rest(attempt);
        last = await once(asked, limit);
      }
      return last;
    },
  };
}

async function answerOf(
  url: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { limit, longest }: { readonly limit: BodyLimit; readonly longest: number },
  printable: Exchange['printable'],
): Promise<Exchanged> {
  const read = await readBody(body, firstOf(headers['content-encoding']) ?? '', limit, longest);
  if (read.kind === 'too-large') return { kind: 'failed', problem: tooLarge(url, limit) };
  if (read.kind === 'too-slow') return { kind: 'failed', problem: tooSlow(url, longest) };
  if (read.kind === 'broken') return { kind: 'failed', problem: broken(url, printable(read.detail)) };
  const text = read.bytes.toString('utf8');
  return { kind: 'answer', answer: { url, status: statusCode, headers: flat(headers), text } };
}

function mayPass(exchanged: Exchanged, { longestPauseMs }: RetryPolicy): boolean {
  if (exchanged.kind === 'failed') return isUnreachable(exchanged.problem);
  const asked = retryAfterMs(exchanged.answer.headers['retry-after'], Date.now());
  return isPassing(exchanged.answer.status) && (asked ?? 0) <= longestPauseMs;
}

function isUnreachable({ code }: Problem): boolean {
  return code === 'NXPYPI_REGISTRY_UNREACHABLE';
}

function broken(url: string, detail: string): Problem {
  return {
    code: 'NXPYPI_REGISTRY_UNREACHABLE',
    message: `The answer of ${new URL(url).host} could not be read to its end: ${detail}.`,
    hint: 'Run again; if it stays, look at the server and at proxies before it.',
    where: printableUrl(url),
  };
}

function tooSlow(url: string, longest: number): Problem {
  return {
    code: 'NXPYPI_REGISTRY_TOO_SLOW',
    message: `The answer of ${new URL(url).host} was not complete after ${Math.ceil(longest / 1000)} s, and was given up.`,
    hint: 'Look at the server, the network and proxies before it, then run again.',
    where: printableUrl(url),
  };
}

function tooLarge(url: string, limit: BodyLimit): Problem {
  const maxBytes = typeof limit === 'number' ? limit : limit.first;
  return {
    code: 'NXPYPI_INDEX_UNREADABLE',
    message: `The answer is larger than ${Math.floor(maxBytes / 1_000_000)} MB.`,
    hint: 'Check that the URL is that of a package index.',
    where: printableUrl(url),
  };
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
