import type { FaultPlan } from 'nx-pypi-registry';
import { EMBEDDED_GROUP, EMBEDDED_PROJECT, openEmbeddedRegistry } from '../compose/registries/embedded-registry.ts';
import { problemText } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import { UsageError, type Command } from './command.ts';

async function faultPlan(texts: readonly string[], rate: string | undefined): Promise<FaultPlan> {
  const { parseFault, parseRateLimit } = await import('nx-pypi-registry');
  const faults = texts.map((text) => {
    const found = parseFault(text);
    if (found.kind === 'unusable') throw new UsageError(`--fault: ${found.reason}`);
    return found.fault;
  });
  const rateLimit = rate === undefined ? undefined : parseRateLimit(rate);
  if (rateLimit === null) throw new UsageError(`--rate-limit ${rate} is not of the form 60/15`);
  return { faults, ...(rateLimit === undefined ? {} : { rateLimit }) };
}

export const registryCommand: Command = {
  name: 'registry',
  summary: "serve this workspace's embedded registry, for trying and testing",
  usage: [
    'nx-pypi registry [--port PORT] [--fault FAULT]… [--rate-limit NUMBER/SECONDS] [--cwd DIR]',
    '',
    '  --fault FAULT   something that goes wrong, such as "status=503 on=upload when=after-storing times=3";',
    '                  npx nx-pypi-registry --help lists them: 429, any status, slow, cut, stalled, stale, …',
    '  --rate-limit    answer more requests than that with 429: 60/15; "60/15 announced" tells it with every answer',
    '',
    'Serves what was published without a configured registry until it is interrupted. On loopback only; reading needs no token.',
  ],
  run: async (args, terminal) => {
    const { values } = parsed(args, {
      port: { type: 'string' },
      fault: { type: 'string', multiple: true },
      'rate-limit': { type: 'string' },
      cwd: { type: 'string' },
    });
    const port = values.port === undefined ? 0 : Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`'${values.port ?? ''}' is no port`);
    const faults = await faultPlan(values.fault ?? [], values['rate-limit']);
    const opened = await openEmbeddedRegistry(folderOf(terminal.cwd, values.cwd), { mode: 'serve', port, faults });
    if (opened.kind === 'problem') {
      terminal.error(problemText([opened.problem]));
      return 1;
    }
    const { url, close } = opened.value;
    const index = `${url}/api/v4/groups/${EMBEDDED_GROUP}/-/packages/pypi/simple`;
    terminal.out(`the embedded registry of this workspace, for trying and testing, serves ${url}`);
    terminal.out(`  install:  pip install --extra-index-url ${index} NAME`);
    terminal.out(`  project:  ${EMBEDDED_PROJECT}; publish from this workspace finds it by itself`);
    terminal.out('  token:    .nx/nx-pypi/registry/token holds it, for uploads by other tools; any user name will do');
    terminal.out('  end it with Ctrl-C');
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await close();
    return 0;
  },
};
