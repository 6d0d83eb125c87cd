import { parseArgs } from 'node:util';
import type { FaultPlan } from '../faults/fault.ts';
import { parseFault, parseRateLimit } from './parse-fault.ts';

export interface ServeArguments {
  readonly kind: 'serve';
  readonly host: string;
  readonly port: number;
  readonly storage: string;
  readonly basePath: string;
  /** Base URL that unknown names are forwarded to; null answers 404. */
  readonly forwarding: string | null;
  readonly faults: FaultPlan;
}

export interface ConformanceArguments {
  readonly kind: 'conformance';
  readonly url: string;
  readonly project: string;
  readonly group: string | null;
  readonly publicProject: string | null;
  readonly emptyProject: string | null;
  readonly protectedName: string | null;
  /** Seconds. */
  readonly patience: number;
}

export type Arguments =
  | ServeArguments
  | ConformanceArguments
  | { readonly kind: 'help' }
  | { readonly kind: 'unusable'; readonly reason: string };

const options = {
  help: { type: 'boolean', short: 'h' },
  host: { type: 'string' },
  port: { type: 'string' },
  storage: { type: 'string' },
  'base-path': { type: 'string' },
  forwarding: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'rate-limit': { type: 'string' },
  url: { type: 'string' },
  project: { type: 'string' },
  group: { type: 'string' },
  'public-project': { type: 'string' },
  'empty-project': { type: 'string' },
  'protected-name': { type: 'string' },
  patience: { type: 'string' },
} as const;

type Values = Readonly<Partial<Record<Exclude<keyof typeof options, 'help' | 'fault'>, string>>> & {
  readonly fault?: readonly string[];
};

/** What the command line asks for. No command means `serve`. */
export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { help, ...rest } = values;
    const [command = 'serve', ...surplus] = positionals;
    if (help === true) return { kind: 'help' };
    if (surplus.length > 0) return { kind: 'unusable', reason: `Unknown argument ${surplus[0]}.` };
    if (command === 'serve') return serveArguments(rest);
    if (command === 'conformance') return conformanceArguments(rest);
    return { kind: 'unusable', reason: `Unknown command ${command}.` };
  } catch (error) {
    return { kind: 'unusable', reason: (error as Error).message };
  }
}

function serveArguments(values: Values): Arguments {
  const port = Number(values.port ?? 8929);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return { kind: 'unusable', reason: `--port ${values.port} is no port number.` };
  }
  const faults = faultPlan(values);
  if (typeof faults === 'string') return { kind: 'unusable', reason: faults };
  return {
    kind: 'serve',
    host: values.host ?? '127.0.0.1',
    port,
    storage: values.storage ?? '.nx-pypi-registry',
    basePath: values['base-path'] ?? '',
    forwarding: values.forwarding ?? null,
    faults,
  };
}

/** What is to go wrong from the start, or what is wrong with the words for it. */
function faultPlan({ fault = [], 'rate-limit': rate }: Values): FaultPlan | string {
  const parsed = fault.map(parseFault);
  const wrong = parsed.find((one) => one.kind === 'unusable');
  if (wrong !== undefined) return wrong.reason;
  const rateLimit = rate === undefined ? undefined : parseRateLimit(rate);
  if (rateLimit === null) return `--rate-limit ${rate} is not of the form 60/15.`;
  const faults = parsed.flatMap((one) => (one.kind === 'fault' ? [one.fault] : []));
  return { faults, ...(rateLimit === undefined ? {} : { rateLimit }) };
}

function conformanceArguments(values: Values): Arguments {
  if (values.url === undefined || !URL.canParse(values.url)) {
    return { kind: 'unusable', reason: 'conformance needs --url, the URL of a server.' };
  }
  if (values.project === undefined) {
    return { kind: 'unusable', reason: 'conformance needs --project, an id or a full path.' };
  }
  const patience = Number(values.patience ?? 30);
  if (!(patience >= 0)) return { kind: 'unusable', reason: `--patience ${values.patience} is no number of seconds.` };
  return {
    kind: 'conformance',
    url: values.url.replace(/\/*(?:api\/v4\/*)?$/, ''),
    project: values.project,
    group: values.group ?? null,
    publicProject: values['public-project'] ?? null,
    emptyProject: values['empty-project'] ?? null,
    protectedName: values['protected-name'] ?? null,
    patience,
  };
}
