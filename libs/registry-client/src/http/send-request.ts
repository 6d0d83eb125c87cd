import type { Readable } from 'node:stream';
import type { Problem } from '@nx-pypi/manifests';
import { request, type Dispatcher, type FormData } from 'undici';
import type { Credential } from '../credentials/credential.ts';
import { printableUrl } from '../target/origin.ts';
import { basicAuthorization } from './authorization.ts';
import { patienceOf } from './patience.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FormData | Buffer | Readable;
  /** `basic` sends the credential if the URL has its origin; REST calls bring their own header. */
  readonly authorization: 'basic' | 'none';
  /** Longest silence before and within the answer, in milliseconds; a minute without it. What is read whole may take three times as long. */
  readonly patienceMs?: number;
}

/** One answer, its body unread. */
export type Opened =
  | { readonly kind: 'opened'; readonly response: Dispatcher.ResponseData }
  | { readonly kind: 'failed'; readonly problem: Problem };

interface Sender {
  readonly dispatcher: () => Dispatcher;
  readonly credential: Credential | null;
  readonly userAgent: string;
  readonly patienceMs: number;
  readonly printable: (text: string) => string;
}

/** Sends one request; redirects are answers. The credential goes to its own origin alone. */
export async function sendRequest(sender: Sender, asked: HttpRequest): Promise<Opened> {
  const { method, url, headers, body, authorization } = asked;
  const { credential } = sender;
  const mine = authorization === 'basic' && credential !== null && new URL(url).origin === credential.origin;
  const patience = Math.min(patienceOf(asked), sender.patienceMs);
  try {
    const response = await request(url, {
      method,
      headersTimeout: patience,
      bodyTimeout: patience,
      dispatcher: sender.dispatcher(),
      headers: {
        'user-agent': sender.userAgent,
        ...headers,
        ...(mine ? { authorization: basicAuthorization(credential) } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { kind: 'opened', response };
  } catch (error) {
    return { kind: 'failed', problem: unreachable(url, sender.printable(causeOf(error))) };
  }
}

function unreachable(url: string, cause: string): Problem {
  return {
    code: 'NXPYPI_REGISTRY_UNREACHABLE',
    message: `${new URL(url).host} could not be reached: ${cause}.`,
    hint: 'Check the address, the network, proxies (https_proxy, no_proxy) and certificates (`caFile`), then run again.',
    where: printableUrl(url),
  };
}

/** Node nests the reason in `cause` or, for several addresses, in `errors`. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  if (!(error instanceof Error)) return 'the connection failed';
  return withoutTrace(error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message);
}

/** OpenSSL's reason out of `<thread>:error:<code>:SSL routines:<function>:<reason>:<file>:<line>:`. */
function withoutTrace(message: string): string {
  const reason = /error:[0-9A-F]+:SSL routines:[^:]*:(?<reason>[^:]+):/.exec(message)?.groups?.['reason'];
  return reason === undefined ? message.trim() : `TLS failed, ${reason}`;
}
