import { LEVELS } from '@nx-pypi/release';
import type { BumpAsk } from '../bump/prepare-bump.ts';
import { UsageError } from './command.ts';
import { runOptions } from './run-arguments.ts';

export const BUMP_OPTIONS = {
  cwd: { type: 'string' },
  json: { type: 'boolean' },
  level: { type: 'string' },
  set: { type: 'string', multiple: true },
  changed: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  commit: { type: 'boolean' },
  changelog: { type: 'boolean' },
  branch: { type: 'string' },
  plan: { type: 'string' },
} as const;

export interface BumpValues {
  readonly cwd?: string | undefined;
  readonly json?: boolean | undefined;
  readonly level?: string | undefined;
  readonly set?: readonly string[] | undefined;
  readonly changed?: boolean | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly commit?: boolean | undefined;
  readonly changelog?: boolean | undefined;
  readonly branch?: string | undefined;
  readonly plan?: string | undefined;
}

export const BUMP_USAGE: readonly string[] = [
  'nx-pypi bump [PACKAGE|GLOB|tag:TAG …] [--changed] [--level LEVEL] [--set NAME=LEVEL|VERSION] [OPTIONS]',
  '',
  '  PACKAGE …           names, globs over names, tag:TAG; left out: every package that may be published,',
  '                      or with --set and no --level those that it names',
  '  --changed           only those that differ from the registry',
  `  --level LEVEL       auto, ${LEVELS.join(', ')}, or a version`,
  '  --set NAME=LEVEL    another level, or a version, for one package; may be repeated',
  '  --dry-run           show what would be written',
  '  --yes, -y           write without asking',
  '  --changelog         add a section to the CHANGELOG.md of every package, from its commits',
  '  --commit            commit what was written',
  '  --branch NAME       start a branch first, and commit on it',
  '  --plan FILE         write exactly what nx-pypi plan --out FILE planned',
  '  --json              print JSON',
  '  --cwd DIR           the workspace; left out: this folder',
  '',
  'Versions are counted from the registry. Either all files are written or none.',
];

/** Throws `UsageError` for a step that there is not. */
export function bumpAsk(values: BumpValues, patterns: readonly string[]): BumpAsk {
  const chooses =
    patterns.length > 0 || values.changed === true || values.level !== undefined || values.set !== undefined;
  if (values.plan !== undefined && chooses)
    throw new UsageError('--plan says what to bump: it takes no packages, --changed, --level or --set');
  const { level, levels } = runOptions({ level: values.level, set: values.set }, [], true);
  const changelog = values.changelog === true ? new Date().toISOString().slice(0, 10) : null;
  return { patterns, changed: values.changed === true, level, steps: levels, changelog };
}
