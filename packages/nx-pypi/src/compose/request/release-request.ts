import type { Discovery } from '@nx-pypi/manifests';
import {
  buildGraph,
  channelRequest,
  isLevel,
  publishableNames,
  selectPackages,
  type Channel,
  type Checkout,
  type DependentsPolicy,
  type Found,
  type Level,
  type LinePolicy,
  type PublishSelection,
  type ReleaseRequest,
  type Step,
  type Surroundings,
} from '@nx-pypi/release';
import { formatVersion, parseVersion, type Version } from '@nx-pypi/standards';
import type { NxPypiOptions } from '../../options.ts';
import { dependentsPolicy } from './dependents-policy.ts';
import { linesOf } from '../lines.ts';
import { ownSteps } from './own-steps.ts';
import { PRODUCT } from '../product.ts';
import type { RunOptions } from './run-options.ts';

export interface RequestInput {
  readonly discovery: Discovery;
  readonly checkout: Checkout;
  readonly options: NxPypiOptions;
  readonly run: RunOptions;
  readonly loopback: boolean;
  readonly ci: boolean;
  readonly defaultBranch: string;
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Rule C3; null: final releases. */
  readonly channel: { readonly channel: Channel; readonly apart: boolean } | null;
  /** The branch that a merge request goes to; its line is that of the channels of the request's branch. */
  readonly targetBranch: string | undefined;
}

/** Options of nx.json and of the run as one request, each checked where it comes in. */
export function releaseRequest(input: RequestInput): Found<ReleaseRequest> {
  const { options, run, checkout } = input;
  const branches = input.channel === null ? [checkout.ref] : [checkout.ref, input.targetBranch ?? ''];
  const checked = checkedOptions(input, branches);
  if (checked.kind === 'problem') return checked;
  const select = selected(input);
  if (select.kind === 'problem') return select;
  const { lines, unavailable, initialVersion, defaultLevel, dependents, own } = checked.value;
  const releaseDev = run.releaseDev || options.releaseDev === true;
  const request: ReleaseRequest = {
    discovery: input.discovery,
    checkout,
    publish: publishOf(options),
    tags: input.tags,
    select: select.value,
    lockstep: dependents.lockstep,
    detect: { ...lines, unavailable, deep: run.deep, releaseDev, versions: run.versions },
    versions: {
      level: run.level ?? (options.bump === 'auto' ? { kind: 'auto' } : null),
      defaultLevel,
      levels: new Map([...own, ...run.levels]),
      initialVersion,
      releaseDev,
      firstPre: BigInt(options.firstPreRelease ?? 1),
      ...lines,
      followRanges: run.versions === 'registry',
      dependents,
      committed: options.versions === 'committed',
      writes: false,
    },
    surroundings: surroundingsOf(input),
    concurrency: options.concurrency ?? 16,
    tool: PRODUCT,
    dryRun: run.dryRun,
    allOrNothing: run.allOrNothing,
    promised: new Set(run.promised),
  };
  const inChannel =
    input.channel === null ? request : channelRequest(request, input.channel.channel, input.channel.apart);
  return { kind: 'found', value: inChannel };
}

function publishOf({ publish }: NxPypiOptions): PublishSelection {
  return { include: publish?.include ?? [], exclude: publish?.exclude ?? [] };
}

/** What was typed has to mean packages that may be published: a run of none of them would look as if all went well. */
function selected({ discovery, options, run, tags }: RequestInput): Found<ReleaseRequest['select']> {
  if (run.patterns.length === 0) return { kind: 'found', value: run.select };
  const graph = buildGraph(discovery.packages);
  const publishable = publishableNames(graph, { publish: publishOf(options), tags });
  const { names, problems } = selectPackages(run.patterns, { graph, publishable, tags });
  const [problem] = problems;
  return problem === undefined ? { kind: 'found', value: names } : { kind: 'problem', problem };
}

function surroundingsOf({ options, run, checkout, loopback, ci, defaultBranch }: RequestInput): Surroundings {
  return {
    loopback,
    ci,
    local: run.local,
    branch: checkout.ref,
    releaseBranches: Object.keys(options.releaseBranches ?? {}),
    defaultBranch,
    allowDirty: run.allowDirty,
    dirtyPaths: checkout.dirtyPaths,
    newPackages: options.newPackages ?? 'ask',
    newNames: run.newNames,
  };
}

interface CheckedOptions {
  readonly lines: LinePolicy;
  readonly unavailable: ReadonlySet<string>;
  readonly initialVersion: Version;
  readonly defaultLevel: Level;
  readonly dependents: DependentsPolicy;
  /** Steps that packages ask for themselves. */
  readonly own: ReadonlyMap<string, Step>;
}

function checkedOptions({ options, discovery, tags }: RequestInput, refs: readonly string[]): Found<CheckedOptions> {
  const lines = linesOf(options.releaseBranches, discovery.packages, refs);
  if (lines.kind === 'problem') return lines;
  const initialVersion = parseVersion(options.initialVersion ?? '0.1.0');
  if (initialVersion === null)
    return badOption('initialVersion', String(options.initialVersion), 'give a version by PEP 440, such as 0.1.0');
  const defaultLevel = options.bump === undefined || options.bump === 'auto' ? 'patch' : options.bump;
  if (!isLevel(defaultLevel)) return badOption('bump', defaultLevel, 'give patch, minor, major or another level');
  const unavailable = unavailableVersions(options.unavailable ?? {});
  if (unavailable === null)
    return badOption('unavailable', JSON.stringify(options.unavailable), 'give versions by PEP 440');
  const dependents = dependentsPolicy(options, discovery.packages, tags);
  if (dependents.kind === 'problem') return dependents;
  const own = ownSteps(discovery.packages);
  if (own.kind === 'problem') return own;
  return {
    kind: 'found',
    value: {
      lines: lines.value,
      unavailable,
      initialVersion,
      defaultLevel,
      dependents: dependents.value,
      own: own.value,
    },
  };
}

/** Keys `name version`, both canonical. */
function unavailableVersions(listed: Readonly<Record<string, readonly string[]>>): ReadonlySet<string> | null {
  const keys = new Set<string>();
  for (const [name, versions] of Object.entries(listed)) {
    for (const text of versions) {
      const version = parseVersion(text);
      if (version === null) return null;
      keys.add(`${name} ${formatVersion(version)}`);
    }
  }
  return keys;
}

function badOption(option: string, value: string, hint: string): Found<never> {
  return {
    kind: 'problem',
    problem: { code: 'NXPYPI_BAD_OPTION', message: `the option ${option} can't be ${value}`, hint, where: 'nx.json' },
  };
}
