import { PRODUCT } from '../compose/product.ts';
import { UsageError, type Command, type Terminal } from './command.ts';
import { buildCommand } from './build.ts';
import { bumpCommand } from './bump.ts';
import { doctorCommand } from './doctor.ts';
import { historyCommand } from './history.ts';
import { listCommand } from './list.ts';
import { planCommand } from './plan.ts';
import { publishCommand } from './publish.ts';
import { registryCommand } from './registry.ts';
import { statusCommand } from './status.ts';
import { syncCommand } from './sync.ts';
import { verifyCommand } from './verify.ts';
import { whyCommand } from './why.ts';

const COMMANDS: readonly Command[] = [
  listCommand,
  statusCommand,
  whyCommand,
  planCommand,
  buildCommand,
  publishCommand,
  verifyCommand,
  historyCommand,
  bumpCommand,
  syncCommand,
  registryCommand,
  doctorCommand,
];

/** Runs one command; the exit code is 2 for words that make no sense. */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...args] = words;
  if (name === '--version' || name === '-v') {
    terminal.out(PRODUCT.replace('/', ' '));
    return 0;
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    for (const line of overview()) terminal.out(line);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.error(`nx-pypi: there is no command '${name}'; nx-pypi --help lists them`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    for (const line of [command.summary, '', ...command.usage]) terminal.out(line);
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`nx-pypi ${name}: ${error.message}; nx-pypi ${name} --help tells more`);
    return 2;
  }
}

function overview(): readonly string[] {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  return [
    'nx-pypi releases the Python packages of a monorepo: found by themselves, compared with the registry, published in parallel.',
    '',
    'usage: nx-pypi COMMAND [OPTIONS]',
    '',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'nx-pypi COMMAND --help tells more of each.',
  ];
}
