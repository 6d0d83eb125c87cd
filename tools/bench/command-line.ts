import { parseArgs } from 'node:util';

/** What one call of the benchmark is to do. */
export interface BenchRequest {
  /** Shows that the rows work, at small sizes, and keeps nothing. */
  readonly quick: boolean;
  /** Leaves out the rows that were measured with this very build. */
  readonly onlyMissing: boolean;
  /** Measures nothing and shows what was kept. */
  readonly kept: boolean;
  readonly writeDocs: boolean;
  readonly profile: boolean;
  /** No row begins later than so many minutes after the first. */
  readonly minutes: number;
  /** Names of rows, in no order; empty: all. */
  readonly rows: readonly string[];
}

/** `mistake`: one sentence about the first word that can't be understood. */
export type CommandLine =
  | { readonly kind: 'measure'; readonly request: BenchRequest }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'mistake'; readonly message: string };

const options = {
  help: { type: 'boolean', short: 'h', default: false },
  quick: { type: 'boolean', default: false },
  'only-missing': { type: 'boolean', default: false },
  kept: { type: 'boolean', default: false },
  'write-docs': { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  minutes: { type: 'string' },
} as const;

/** Reads the words after `npm run bench --`; `known` are the names of all rows. */
export function readCommandLine(words: readonly string[], known: readonly string[]): CommandLine {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  if (values.help === true) return { kind: 'help', text: helpText(known) };
  for (const token of tokens) {
    if (token.kind === 'positional' && !known.includes(token.value)) {
      return mistake(`No row is called '${token.value}'; the rows are ${known.join(', ')}.`);
    }
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(options, token.name)) {
      return mistake(`There is no option '${token.rawName}'; the options are ${optionNames.join(', ')}.`);
    }
    if (token.name !== 'minutes' && token.value !== undefined) {
      return mistake(`The option '${token.rawName}' takes no value, and '${token.value}' was given.`);
    }
  }
  const minutes = values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes);
  if (typeof values.minutes === 'boolean' || !(minutes > 0)) {
    return mistake(`The option '--minutes' takes a number above zero, and '${String(values.minutes)}' is none.`);
  }
  const request = {
    quick: values.quick === true,
    onlyMissing: values['only-missing'] === true,
    kept: values.kept === true,
    writeDocs: values['write-docs'] === true,
    profile: values.profile === true,
    minutes,
    rows: positionals,
  };
  return { kind: 'measure', request };
}

const optionNames = Object.keys(options).map((name) => `--${name}`);

function mistake(message: string): CommandLine {
  return { kind: 'mistake', message };
}

function helpText(known: readonly string[]): string {
  return `npm run bench [-- OPTION… ROW…]

Prints a table per row, all rows unless some are named, and keeps each row's figures in .bench/results.json as soon as it is
measured. .bench also keeps what takes long to prepare: installed peers, filled registries, released monorepos.

  --quick         shows that the rows work, at small sizes, and keeps nothing
  --only-missing  leaves out the rows that were measured with this very build: goes on where another run ended
  --kept          measures nothing and shows what was kept
  --write-docs    writes docs/benchmarks.md and its plots from what was kept, after every row
  --minutes N     begins no row later than N minutes after the start
  --profile       leaves V8's CPU profiles of the measured processes under .bench/profiles
  --help          this

Rows: ${known.join(', ')}
`;
}
