import type { Dispatcher } from 'undici';
import type { Credential } from '../credentials/credential.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
import { openTransport } from './transport.ts';

export interface OpenExchangeOptions {
  readonly credential: Credential | null;
  readonly userAgent: string;
  readonly concurrency?: number;
  readonly connections?: number;
  readonly caFile?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Most silence before and within an answer, in milliseconds; left out: what each request asks for. */
  readonly patienceMs?: number;
  readonly retry?: Partial<RetryPolicy>;
}

/** Sockets to one origin, and requests at once: a reader of hundreds of packages waits for distance, not for work. */
const mostConnections = 64;

/** An exchange over connections of its own, which are opened with its first request. */
export function openExchange(options: OpenExchangeOptions): {
  readonly exchange: Exchange;
  readonly close: () => Promise<void>;
} {
  let opened: Dispatcher | null = null;
  const exchange = createExchange({
    dispatcher: () => (opened ??= openTransport(transportOf(options))),
    credential: options.credential,
    concurrency: options.concurrency ?? mostConnections,
    userAgent: options.userAgent,
    patienceMs: options.patienceMs ?? Infinity,
    retry: { ...defaultRetryPolicy, ...options.retry },
  });
  return {
    exchange,
    close: async () => {
      await opened?.destroy();
    },
  };
}

function transportOf({ connections, caFile, env }: OpenExchangeOptions): Parameters<typeof openTransport>[0] {
  const base = { connections: Math.min(connections ?? mostConnections, mostConnections), env: env ?? {} };
  return caFile === undefined ? base : { ...base, caFile };
}
