import type { RequestHandler } from 'express';
import type { Caller } from '../auth/caller.ts';
import { readCredentials } from '../auth/credentials.ts';
import { identifyOnPypi } from '../auth/identify.ts';
import { isThrottled } from '../http/route-kind.ts';
import type { Realm } from '../realm/realm.ts';
import type { FaultBoard } from './control.ts';
import { createRateCounter, throttleHeaders } from './rate-limit.ts';

/** Refuses package requests above the board's rate limit, and announces it where the limit says so. */
export function throttle(realm: Realm, board: FaultBoard): RequestHandler {
  const counter = createRateCounter(board.rateLimitEpoch);
  return (request, response, next) => {
    const limit = board.rateLimit();
    if (limit === null || !isThrottled(request.path)) {
      next();
      return;
    }
    const identified = identifyOnPypi(realm, readCredentials(request), { write: false });
    const address = `address ${request.socket.remoteAddress ?? ''}`;
    const usage = counter.count(
      limit,
      identified.kind === 'caller' ? callerKey(identified.caller, address) : address,
      new Date(),
    );
    const exceeded = usage.observed > limit.requests;
    if (exceeded || limit.announced === true) response.set(throttleHeaders(limit, usage));
    if (!exceeded) {
      next();
      return;
    }
    response.status(429).set('Retry-After', String(usage.secondsLeft)).type('text/plain').send('Retry later\n');
  };
}

function callerKey(caller: Caller, address: string): string {
  if (caller.kind === 'anonymous') return address;
  return caller.kind === 'deploy' ? `deploy token ${caller.token.secret}` : `user ${caller.user.username}`;
}
