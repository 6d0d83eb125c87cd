/** A bakery as real manifests in memory, what a registry holds of it, and its bumps carried out. */
import { discoverPackages, type ReadText } from '@nx-pypi/manifests';
import { parseSpecifierSet } from '@nx-pypi/standards';
import { bumpEdits, type BumpEdits } from '../../src/bump/bump-edits.ts';
import type { BumpPlan } from '../../src/bump/bump-plan.ts';
import { planBump, type BumpInput } from '../../src/bump/plan-bump.ts';
import { parseStep, type Step } from '../../src/bump/step.ts';
import { gatingOf } from '../../src/graph/gating.ts';
import { buildGraph } from '../../src/graph/package-graph.ts';
import type { RegistryState } from '../../src/model/registry-state.ts';
import type { VersionPolicy } from '../../src/plan/planned-version.ts';
import { PLAIN_DEPENDENTS, type DependentsPolicy } from '../../src/policy/dependents.ts';
import { isPublishable } from '../../src/policy/publishable.ts';
import { versionOf } from '../world.ts';

export type Files = Readonly<Record<string, string>>;

export interface BumpSpec {
  readonly files: Files;
  /** Versions in the registry, by name. */
  readonly released: Readonly<Record<string, readonly string[]>>;
  /** Names with a level or version each, '' for the default. */
  readonly asked: Readonly<Record<string, string>>;
  readonly level?: string;
  readonly dependents?: Partial<DependentsPolicy>;
  readonly states?: Readonly<Record<string, RegistryState>>;
}

export function project(name: string, version: string, needs: readonly string[] = [], more = ''): Files {
  const dependencies = needs.map((need) => `"${need}"`).join(', ');
  const text = `[project]\nname = "${name}"\nversion = "${version}"  # kept\ndependencies = [${dependencies}]\n${more}`;
  return { [`${name}/pyproject.toml`]: text };
}

export function bump(spec: BumpSpec): { readonly plan: BumpPlan; readonly edits: BumpEdits; readonly files: Files } {
  const input = bumpInput(spec);
  const plan = planBump(input);
  const packages = [...input.graph.packages.values()];
  const versions = new Map(plan.packages.map(({ name, version }) => [name, versionOf(version)] as const));
  const edits = bumpEdits({
    packages,
    versions,
    ranges: plan.ranges,
    dependents: input.versions.dependents,
    readText: reader(spec.files),
  });
  const after = Object.fromEntries(edits.files.map((file) => [file.path, file.after]));
  return { plan, edits, files: { ...spec.files, ...after } };
}

function reader(files: Files): ReadText {
  return (path) => files[path];
}

export function bumpInput(spec: BumpSpec): BumpInput {
  const { packages, problems } = discoverPackages(Object.keys(spec.files), reader(spec.files));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const graph = buildGraph(packages);
  const publishable = new Set(
    [...graph.packages].filter(([, pkg]) => isPublishable(pkg, { include: [], exclude: [] })).map(([name]) => name),
  );
  const steps = Object.entries(spec.asked).filter(([, text]) => text !== '');
  return {
    graph,
    gating: gatingOf(graph),
    names: new Set(graph.packages.keys()),
    publishable,
    states: new Map([...publishable].map((name) => [name, stateOf(name, spec)])),
    asked: new Map(
      Object.entries(spec.asked).map(([name, text]) => [name, [{ kind: 'asked', step: text || 'patch' }]]),
    ),
    baseline: { line: { clauses: [] }, unavailable: new Set() },
    versions: policyOf(spec, new Map(steps.map(([name, text]) => [name, stepOf(text)]))),
  };
}

function stateOf(name: string, { released, states }: BumpSpec): RegistryState {
  const given = states?.[name];
  if (given !== undefined) return given;
  const texts = released[name] ?? [];
  if (texts.length === 0) return { kind: 'absent' };
  const versions = texts.map((text) => ({ version: versionOf(text), text, files: [], yanked: false }));
  return { kind: 'published', versions, problems: [] };
}

function policyOf(spec: BumpSpec, levels: ReadonlyMap<string, Step>): VersionPolicy {
  const line = parseSpecifierSet('');
  if (line === null) throw new Error('the empty set is a specifier set');
  return {
    level: spec.level === undefined ? null : stepOf(spec.level),
    defaultLevel: 'patch',
    levels,
    initialVersion: versionOf('0.1.0'),
    releaseDev: false,
    firstPre: 1n,
    line,
    followRanges: true,
    dependents: { ...PLAIN_DEPENDENTS, ...spec.dependents },
    committed: false,
    writes: true,
  };
}

function stepOf(text: string): Step {
  const step = parseStep(text);
  if (step === null) throw new Error(`${text} is neither a level nor a version`);
  return step;
}
