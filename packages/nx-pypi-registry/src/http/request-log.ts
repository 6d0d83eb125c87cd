import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request, for tests and for people who watch. Holds no secret: tokens in a query are left out. */
export interface LogEntry {
  /** `storage`: the second listener, to which downloads may be redirected. */
  readonly origin: 'gitlab' | 'storage';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** 0 until an answer begins, and for good where none was sent. */
  readonly status: number;
  readonly hadAuthorization: boolean;
}

export interface RequestLog {
  /** In the order of arrival; grows while the registry runs. */
  readonly entries: readonly LogEntry[];
  /** Notes a request, and its status once the answer begins. */
  readonly watch: (origin: LogEntry['origin'], request: IncomingMessage, response: ServerResponse) => void;
}

const credentialHeaders = ['authorization', 'private-token', 'job-token', 'deploy-token'];

/** `onEnd` is called when an answer has ended, however it ended. */
export function createRequestLog(onEnd: (entry: LogEntry) => void): RequestLog {
  const entries: { -readonly [Key in keyof LogEntry]: LogEntry[Key] }[] = [];
  return {
    entries,
    watch: (origin, request, response) => {
      const entry = {
        origin,
        method: request.method ?? 'GET',
        path: (request.url ?? '/').replaceAll(/\b(private_token|job_token)=[^&]*/g, '$1=[removed]'),
        status: 0,
        hadAuthorization: credentialHeaders.some((name) => request.headers[name] !== undefined),
      };
      entries.push(entry);
      onStatus(response, (status) => {
        entry.status = status;
      });
      response.once('close', () => onEnd(entry));
    },
  };
}

/** Tells the status before the first byte leaves, so that a client which has its answer finds it in the log. */
function onStatus(response: ServerResponse, tell: (status: number) => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    tell(typeof args[0] === 'number' ? args[0] : response.statusCode);
    return writeHead(...args);
  };
}
