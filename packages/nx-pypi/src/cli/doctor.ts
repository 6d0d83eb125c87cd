import { examine } from '../doctor/examine.ts';
import { findingLines } from '../doctor/finding.ts';
import { runContext } from '../executors/publish/publish-run.ts';
import { folderOf, parsed } from './arguments.ts';
import { UsageError, type Command } from './command.ts';
import { writesCompleted } from './opened-run.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'look at options, tools, registry and credential, and say what would keep a release from working',
  usage: [
    'nx-pypi doctor [--look-public URL] [--json] [--cwd DIR]',
    '',
    '  --look-public URL   look up the names of your packages in this simple index, which learns them by that',
    '  --json              print JSON',
    '  --cwd DIR           the workspace; left out: this folder',
    '',
    'Nothing is stored. Whether the credential may upload is found out by an upload that GitLab cannot accept.',
    'The exit code is 1 when something is wrong; warnings and notes do not count.',
  ],
  run: async (args, terminal) => {
    const { values } = parsed(args, {
      'look-public': { type: 'string' },
      json: { type: 'boolean' },
      cwd: { type: 'string' },
    });
    const index = values['look-public'] ?? null;
    if (index !== null && !URL.canParse(index)) throw new UsageError(`'${index}' is no URL`);
    const root = folderOf(terminal.cwd, values.cwd);
    if (!(await writesCompleted(root, terminal))) return 1;
    const context = runContext(root, { env: terminal.env, tags: new Map(), say: terminal.error });
    const findings = await examine(context, index);
    const healthy = findings.every(({ grade }) => grade !== 'wrong');
    if (values.json === true) terminal.out(JSON.stringify({ healthy, findings }, null, 2));
    else for (const line of [...findingLines(findings), verdict(findings.length, healthy)]) terminal.out(line);
    return healthy ? 0 : 1;
  },
};

function verdict(count: number, healthy: boolean): string {
  return healthy ? `${count} findings, nothing is wrong` : `${count} findings, something is wrong`;
}
