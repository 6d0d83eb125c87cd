import type { Response } from 'express';
import type { Refusal } from './refusal.ts';

/** Sends an answer that says no. */
export function refuse(response: Response, refusal: Refusal): void {
  response
    .status(refusal.status)
    .set(refusal.headers ?? {})
    .json(refusal.body);
}
