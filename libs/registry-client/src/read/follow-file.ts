import type { Problem } from '@nx-pypi/manifests';
import type { Dispatcher } from 'undici';
import type { Exchange } from '../http/exchange.ts';
import { discard } from '../http/discard.ts';
import { isLoopback, printableUrl } from '../target/origin.ts';

const maxHops = 5;

export interface FileRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Origins that may be asked over plain http, loopback apart: those that the configuration allowed. */
  readonly plainOrigins: readonly string[];
}

export type FileAnswer =
  | { readonly kind: 'response'; readonly response: Dispatcher.ResponseData }
  | { readonly kind: 'failed'; readonly problem: Problem };

type Hop = FileAnswer | { readonly kind: 'elsewhere'; readonly url: string };

/**
 * Asks for a file, which may be redirected to object storage (B4): followed over https or on this machine, the credential
 * for the first request alone. One try; `use` reads or destroys the body.
 */
export async function followFile<T>(
  exchange: Exchange,
  request: FileRequest,
  use: (answer: FileAnswer) => Promise<T>,
): Promise<T> {
  let { url } = request;
  for (let hop = 0; hop <= maxHops; hop += 1) {
    if (!mayBeAsked(url, request.plainOrigins)) return use({ kind: 'failed', problem: insecure(url) });
    const at = url;
    const authorization = hop === 0 ? 'basic' : 'none';
    const headers = { 'accept-encoding': 'identity', ...request.headers };
    const outcome = await exchange.open({ method: request.method, url, headers, authorization }, async (opened) => {
      const step: Hop = opened.kind === 'failed' ? opened : hopOf(opened.response, at);
      return step.kind === 'elsewhere' ? step : { kind: 'used' as const, value: await use(step) };
    });
    if (outcome.kind === 'used') return outcome.value;
    url = outcome.url;
  }
  return use({ kind: 'failed', problem: tooManyHops(request.url) });
}

function hopOf(response: Dispatcher.ResponseData, from: string): Hop {
  const { location } = response.headers;
  const redirected = [301, 302, 303, 307, 308].includes(response.statusCode);
  if (!redirected || typeof location !== 'string' || !URL.canParse(location, from))
    return { kind: 'response', response };
  discard(response.body);
  return { kind: 'elsewhere', url: new URL(location, from).href };
}

function mayBeAsked(text: string, plainOrigins: readonly string[]): boolean {
  const url = new URL(text);
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (isLoopback(url) || plainOrigins.includes(url.origin));
}

function insecure(url: string): Problem {
  return {
    code: 'NXPYPI_INSECURE_REGISTRY',
    message: `A file is offered at ${printableUrl(url)}, which is not https.`,
    hint: 'Let the registry use https for its files, or set `allowHttp` where the network is trusted.',
    where: printableUrl(url),
  };
}

function tooManyHops(url: string): Problem {
  return {
    code: 'NXPYPI_DOWNLOAD_FAILED',
    message: `The file was redirected more than ${maxHops} times.`,
    hint: 'Open the URL with the same credential to see where it leads.',
    where: printableUrl(url),
  };
}
