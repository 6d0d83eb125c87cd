import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** A handler that takes its time; what it throws goes to the error handler. */
export function handler<Params>(
  work: (request: Request<Params>, response: Response, next: NextFunction) => Promise<void>,
): RequestHandler<Params> {
  return (request, response, next) => {
    void settle(() => work(request, response, next), next);
  };
}

async function settle(work: () => Promise<void>, next: NextFunction): Promise<void> {
  try {
    await work();
  } catch (error) {
    next(error);
  }
}
