import { createServer } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { createFaultBoard, type FaultBoard, type FaultControl, type Taken } from './faults/control.ts';
import { strikeAtArrival } from './faults/strike.ts';
import { throttle } from './faults/throttle.ts';
import type { Gitlab } from './gitlab.ts';
import { listen, stop, urlHost } from './http/listen.ts';
import { handler } from './http/handler.ts';
import { createRequestLog, type LogEntry, type RequestLog } from './http/request-log.ts';
import { routeKind } from './http/route-kind.ts';
import { defaultFeatures, type RegistryOptions } from './options.ts';
import { addDownloadRoutes } from './pypi/download-routes.ts';
import { addReadRoutes } from './pypi/read-routes.ts';
import { normalizeName } from './pypi/syntax.ts';
import { addUploadRoutes } from './pypi/upload-routes.ts';
import { localRealm } from './realm/local-realm.ts';
import { addListRoutes } from './rest/list-routes.ts';
import { addPackageRoutes } from './rest/package-routes.ts';
import { startStorageOrigin, type StorageOrigin } from './storage-origin.ts';
import { openStorage } from './storage/storage.ts';

export interface RunningRegistry {
  /** `http://127.0.0.1:PORT` and the base path, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly faults: FaultControl;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly LogEntry[];
  /** Ends open connections and frees the storage for the next server. */
  readonly close: () => Promise<void>;
}

/** Rejects where the port is taken, or the storage is in use by another server or cannot be written. */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const realm = options.realm ?? localRealm('local');
  const features = { ...defaultFeatures, ...options.features };
  const host = options.host ?? '127.0.0.1';
  const basePath = (options.basePath ?? '').replace(/\/$/, '');
  const storage = await openStorage(options.storage, normalizeName);
  const log = createRequestLog(options.requestLog ?? (() => {}));
  const board = createFaultBoard(options.faults ?? {}, storage.newestFile);
  const effects = new WeakMap<object, readonly Taken[]>();
  let origin: Promise<StorageOrigin> | null = null;

  const gitlab: Gitlab = {
    realm,
    features,
    guestsPull: features.guestsPull,
    storage,
    basePath,
    downloads: new Map(),
    effectsOn: (response) => effects.get(response) ?? [],
    storageUrl: async (file) => (await (origin ??= startStorageOrigin(storage, host, log))).urlOf(file),
  };
  // As GitLab's nginx: connections are kept for 65 seconds, and a long upload is not cut off.
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, createApp(gitlab, board, log, effects));
  try {
    const port = await listen(server, host, options.port ?? 0);
    return {
      url: `http://${urlHost(host)}:${port}${basePath}`,
      port,
      faults: board,
      requests: log.entries,
      close: async () => {
        await stop(server);
        await (await origin)?.close();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function createApp(
  gitlab: Gitlab,
  board: FaultBoard,
  log: RequestLog,
  effects: WeakMap<object, readonly Taken[]>,
): Express {
  const app = express().disable('x-powered-by');
  const arrive = handler<unknown>(async (request, response, next) => {
    log.watch('gitlab', request, response);
    const route = routeKind(request.method, request.path);
    const taken = board.take({ route, method: request.method, path: request.originalUrl });
    effects.set(response, taken);
    if (!(await strikeAtArrival(taken, response))) next();
  });
  app.use(arrive);
  app.use(throttle(gitlab.realm, board));
  const router = express.Router();
  addUploadRoutes(router, gitlab);
  addReadRoutes(router, gitlab);
  addDownloadRoutes(router, gitlab);
  addListRoutes(router, gitlab);
  addPackageRoutes(router, gitlab);
  app.use(`${gitlab.basePath}/api/v4`, router);
  app.use((_request, response) => {
    response.status(404).json({ error: '404 Not Found' });
  });
  app.use(answerFailure);
  return app;
}

/** A client that went away needs no answer; the rest is a bug of ours, answered as GitLab answers its own. */
const answerFailure: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  process.emitWarning(error);
  response.status(500).json({ message: '500 Internal Server Error' });
};
