import type { Effect, Fault, FaultTarget, RateLimit, RouteKind } from '../faults/fault.ts';

/** A fault in words, as a command line takes it, or what is wrong with the words. */
export type ParsedFault =
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'unusable'; readonly reason: string };

/** The words of faults, for a help text. */
export const faultHelp = `      too-many-requests=SECONDS   429 with Retry-After
      status=NUMBER [when=after-storing]
                                  any status, before the upload is stored or after it
      slow=MILLISECONDS           handled later
      cut | stall [bytes=NUMBER] [when=after-storing]
                                  the connection is reset, or goes silent; after so many bytes of the answer
      stale                       reads do not show what was stored since the start
      storage-redirect            a download is redirected to another origin
      name-taken                  an upload lost the race for its version
      older-errors                error texts of GitLab before 2024
      and, after any of them:
      on=upload|index|page|download|rest   method=METHOD   path=TEXT   what it is aimed at; every request
      times=NUMBER|always                  how many requests it hits; 1
      after=NUMBER                         how many pass first; 0`;

const routes: readonly RouteKind[] = ['upload', 'index', 'page', 'download', 'rest'];

/** Reads `EFFECT[=VALUE] key=value…`, such as `status=503 on=upload when=after-storing times=2`. */
export function parseFault(text: string): ParsedFault {
  const words = text.trim().split(/\s+/).map(splitWord);
  const [first, ...rest] = words;
  if (first === undefined || first.key === '') return unusable('A fault needs an effect.');
  const settings = new Map(rest.map(({ key, value }) => [key, value]));
  const wrong = wrongSetting(first.key, settings);
  if (wrong !== null) return unusable(wrong);
  const effect = effectOf(first.key, first.value, settings);
  if (typeof effect === 'string') return unusable(effect);
  const times = settings.get('times');
  const after = settings.get('after');
  const on = targetOf(settings);
  return {
    kind: 'fault',
    fault: {
      effect,
      ...(Object.keys(on).length === 0 ? {} : { on }),
      ...(times === undefined ? {} : { times: times === 'always' ? Infinity : Number(times) }),
      ...(after === undefined ? {} : { after: Number(after) }),
    },
  };
}

/** Reads `REQUESTS/SECONDS`, with `announced` after it where every answer is to tell the limit; null for anything else. */
export function parseRateLimit(text: string): RateLimit | null {
  const { requests, seconds, announced } =
    /^(?<requests>[1-9]\d*)\/(?<seconds>[1-9]\d*)(?<announced> announced)?$/.exec(text.trim())?.groups ?? {};
  if (requests === undefined || seconds === undefined) return null;
  const limit = { requests: Number(requests), seconds: Number(seconds) };
  return announced === undefined ? limit : { ...limit, announced: true };
}

type Settings = ReadonlyMap<string, string>;

function splitWord(word: string): { readonly key: string; readonly value: string } {
  const [key = '', ...value] = word.split('=');
  return { key, value: value.join('=') };
}

const general = ['on', 'method', 'path', 'times', 'after'];
const own: Readonly<Record<string, readonly string[]>> = {
  status: ['when'],
  cut: ['when', 'bytes'],
  stall: ['when', 'bytes'],
};

function wrongSetting(effect: string, settings: Settings): string | null {
  for (const [key, value] of settings) {
    if (![...general, ...(own[effect] ?? [])].includes(key)) return `${effect} has no ${key || 'empty setting'}.`;
    if (key === 'on' && !routes.some((route) => route === value)) return `on=${value} is none of ${routes.join(', ')}.`;
    if (key === 'when' && !['before', 'after-storing'].includes(value)) {
      return `when=${value} is neither before nor after-storing.`;
    }
    const counts = key === 'after' || key === 'bytes' || (key === 'times' && value !== 'always');
    if (counts && !isCount(value)) return `${key}=${value} is no number.`;
  }
  return null;
}

/** The effect, or what is wrong with it. */
function effectOf(kind: string, value: string, settings: Settings): Effect | string {
  const when = settings.get('when') === 'after-storing' ? { when: 'after-storing' as const } : {};
  const bytes = settings.get('bytes');
  switch (kind) {
    case 'too-many-requests':
      return isCount(value) ? { kind, retryAfter: Number(value) } : `${kind} needs seconds: ${kind}=7`;
    case 'slow':
      return isCount(value) ? { kind, milliseconds: Number(value) } : `${kind} needs milliseconds: ${kind}=500`;
    case 'status':
      return /^[2-5]\d\d$/.test(value)
        ? { kind, status: Number(value), ...when }
        : `${kind} needs a number: ${kind}=503`;
    case 'cut':
    case 'stall':
      return { kind, ...when, ...(bytes === undefined ? {} : { bytes: Number(bytes) }) };
    case 'stale':
    case 'storage-redirect':
    case 'name-taken':
    case 'older-errors':
      return { kind };
    default:
      return `There is no fault ${kind}.`;
  }
}

function targetOf(settings: Settings): FaultTarget {
  const route = routes.find((one) => one === settings.get('on'));
  const [method, path] = [settings.get('method'), settings.get('path')];
  return {
    ...(route === undefined ? {} : { route }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  };
}

function isCount(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

function unusable(reason: string): ParsedFault {
  return { kind: 'unusable', reason };
}
