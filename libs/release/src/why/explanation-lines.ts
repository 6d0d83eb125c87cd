import type { Reason } from '../model/change.ts';
import { describeProblem } from '../report/describe-outcome.ts';
import { describeReason } from '../report/describe-reason.ts';
import { printable } from '../report/printable.ts';
import { alignedRows } from '../report/table.ts';
import { differenceLines } from './difference-lines.ts';
import type { CauseStep, Decision, ExplainedBaseline, Explanation } from './explanation.ts';

/** An explanation as people read it; `full` shows long diffs to their end. */
export function explanationLines(explanation: Explanation, full: boolean): readonly string[] {
  const { name, path, decision, causes, problem } = explanation;
  const facts = [
    [
      'manifest',
      `${explanation.manifest} ${explanation.local === null ? 'states no version' : `says ${explanation.local}`}`,
    ],
    ...baselineFacts(explanation.baseline),
    ['verdict', verdictOf(explanation)],
    ...namedLines('reasons', explanation.reasons),
    ...namedLines('not counted', explanation.notes),
  ];
  const paths = causes.flatMap((steps) => ['', `first cause: ${steps[0]?.name ?? ''}`, ...causeLines(steps)]);
  const told = [...(problem === null ? [] : [problem]), ...(decision.kind === 'stop' ? stopProblem(decision) : [])];
  const problems = [...new Set(told)].flatMap((one) => ['', ...describeProblem(one)]);
  const lines = [`${headOf(name, decision)}  (${path})`, ...alignedRows(facts), ...paths, ...problems];
  return [...lines, ...differenceLines(explanation, full)].map(printable);
}

function headOf(name: string, decision: Decision): string {
  switch (decision.kind) {
    case 'release':
      return decision.previous === null
        ? `${name} ${decision.version} would be its first release`
        : `${name} ${decision.previous} → ${decision.version} would be released`;
    case 'keep':
      return `${name} ${decision.version} is up to date`;
    case 'complete':
      return `${name} ${decision.version} would be completed by its ${decision.missing.join(' and ')}`;
    case 'supersede':
      return `${name} ${decision.version} in the registry is newer than this checkout`;
    case 'stop':
      return decision.path.length === 1
        ? `${name} can't be released`
        : `${name} can't be released: it needs ${decision.path.slice(1).join(', which needs ')}`;
  }
}

function stopProblem(decision: Extract<Decision, { kind: 'stop' }>) {
  return decision.problem === null ? [] : [decision.problem];
}

function baselineFacts(baseline: ExplainedBaseline | null): readonly (readonly string[])[] {
  if (baseline === null) return [];
  const { version, provenance, maker, files, committed } = baseline;
  const built = maker === null ? '' : `, built with ${maker}`;
  if (provenance === null)
    return [
      ['baseline', `${version}, published by another tool${built}`],
      ['', files.join(', ')],
    ];
  const { tool, repository, revision, ref, dirty, pipeline } = provenance;
  const origin = [
    ...(revision === '' ? ['no commit'] : [`commit ${revision.slice(0, 12)}`]),
    ...(committed === null ? [] : [`of ${committed}`]),
    ...(ref === '' ? [] : [`on ${ref}`]),
    ...(repository === '' ? [] : [`of ${repository}`]),
    ...(dirty ? ['with changes that were not committed'] : []),
  ];
  return [
    ['baseline', `${version}, published by ${tool === '' ? 'nx-pypi' : tool}${built}`],
    ['', `from ${origin.join(' ')}`],
    ...(pipeline === '' ? [] : [['', pipeline]]),
    ['', files.join(', ')],
  ];
}

function verdictOf(explanation: Explanation): string {
  const { verdict, by, baseline, notes, decision } = explanation;
  const version = baseline?.version ?? '';
  switch (verdict) {
    case 'unchanged':
      return `unchanged${decision.kind === 'release' ? ' by itself' : ''}: ${unchangedBecause(by, version, notes)}`;
    case 'changed':
      return `changed: built at ${version}, it differs from what was released`;
    case 'new':
      return 'new: the registry has no version of it';
    case 'ahead':
      return `ahead: the manifest's version is above ${version}, the newest in the registry`;
    case 'incomplete':
      return `incomplete: released from the same source, ${version} lacks a file`;
    case 'superseded':
      return decision.kind === 'supersede'
        ? `superseded: released from ${decision.theirs.slice(0, 12)}, which follows ${decision.ours.slice(0, 12)}`
        : 'superseded';
    case 'unknown':
      return 'unknown: it could not be found out';
  }
}

function unchangedBecause(by: Explanation['by'], version: string, notes: readonly Reason[]): string {
  const kinds = new Set(notes.map(({ kind }) => kind));
  if (by === 'digest' && kinds.has('unreproducible'))
    return 'same source digest as the baseline; its builds differ from each other';
  if (by === 'digest') return 'same source digest as the baseline, nothing was built';
  if (kinds.has('toolchain')) return `the sources of ${version}, built with today's tools, give the same`;
  return `built at ${version}, it equals what was released`;
}

/** One line per reason under one name; a note lists what it is about. */
function namedLines(name: string, reasons: readonly Reason[]): readonly (readonly string[])[] {
  const lines = reasons.flatMap((reason) => {
    const about = reason.kind === 'toolchain' || reason.kind === 'unreproducible' ? reason.differences : [];
    return [
      describeReason(reason),
      ...(about.length > 1 || reason.kind === 'toolchain' ? [`  ${about.join(', ')}`] : []),
    ];
  });
  return lines.map((line, index) => [index === 0 ? name : '', line]);
}

function causeLines(steps: readonly CauseStep[]): readonly string[] {
  const rows = steps.map(({ name, previous, version, because }) => [
    `  ${name}`,
    previous === null || previous === version ? version : `${previous} → ${version}`,
    because.map(describeReason).join('; '),
  ]);
  return alignedRows(rows);
}
