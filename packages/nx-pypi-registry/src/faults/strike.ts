import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import type { Taken } from './control.ts';
import type { Effect } from './fault.ts';
import { breakOff } from './break-off.ts';
import { throttleHeaders } from './rate-limit.ts';

/** Lets the effects of the moment of arrival happen. True where one of them has taken the answer over. */
export async function strikeAtArrival(effects: readonly Taken[], response: Response): Promise<boolean> {
  for (const effect of effects) {
    if (effect.kind === 'slow') await sleep(effect.milliseconds);
    else if (isOver(effect) && effect.when !== 'after-storing' && strike(effect, response)) return true;
    else if (effect.kind === 'too-many-requests') {
      answerTooMany(response, effect.retryAfter);
      return true;
    }
  }
  return false;
}

/** As `strikeAtArrival`, for what happens once an upload is stored. */
export function strikeAfterStoring(effects: readonly Taken[], response: Response): boolean {
  return effects.some((effect) => isOver(effect) && effect.when === 'after-storing' && strike(effect, response));
}

type Over = Extract<Effect, { readonly kind: 'status' | 'cut' | 'stall' }>;

function isOver(effect: Taken): effect is Over {
  return effect.kind === 'status' || effect.kind === 'cut' || effect.kind === 'stall';
}

/** False where the answer goes on, to be broken off inside its body. */
function strike(effect: Over, response: Response): boolean {
  if (effect.kind === 'status') {
    answerStatus(response, effect);
    return true;
  }
  if (effect.bytes !== undefined) {
    breakOff(response, effect.bytes, effect.kind);
    return false;
  }
  if (effect.kind === 'cut') response.req.socket.resetAndDestroy();
  return true;
}

function answerStatus(response: Response, { status, body, headers }: Over & { readonly kind: 'status' }): void {
  response.status(status).set(headers ?? {});
  if (typeof body === 'object') response.json(body);
  else response.type('html').send(body ?? `<html><body><h1>${status}</h1></body></html>`);
}

/** GitLab `rack_attack.rb`: the text is a setting of the instance; this is its default. */
function answerTooMany(response: Response, retryAfter: number): void {
  const limit = { requests: 1000, seconds: Math.max(1, retryAfter) };
  response
    .status(429)
    .set(throttleHeaders(limit, { observed: 1001, secondsLeft: retryAfter, now: new Date() }))
    .set('Retry-After', String(retryAfter))
    .type('text/plain')
    .send('Retry later\n');
}
