import type { Problem } from '@nx-pypi/manifests';
import type { UploadOutcome } from '../model/artifact.ts';
import type { PackageOutcome } from '../model/outcome.ts';
import type { PlannedRelease } from '../model/plan.ts';
import { describeReason } from './describe-reason.ts';

/** One line for what a package came to, without its name. */
export function describeOutcome(outcome: PackageOutcome): string {
  switch (outcome.kind) {
    case 'published':
      return `${step(outcome.release)} published (${files(outcome.files)}): ${reasons(outcome.release)}${after(outcome)}`;
    case 'planned':
      return `${step(outcome.release)} would be published: ${reasons(outcome.release)}`;
    case 'unchanged':
      return `${outcome.version} is up to date: ${unchanged(outcome)}${after(outcome)}`;
    case 'failed':
      return `${outcome.release === null ? '' : `${step(outcome.release)} `}failed: ${outcome.problems.map((problem) => `${problem.code} ${problem.message}`).join('; ')}`;
    case 'skipped':
      return `${outcome.release === null ? '' : `${step(outcome.release)} `}skipped: ${because(outcome.because)}`;
  }
}

/** A problem as people read it: code and sentence, where, what to do. */
export function describeProblem(problem: Problem): readonly string[] {
  return [
    `${problem.code}: ${problem.message}`,
    ...(problem.where === undefined ? [] : [`  where: ${problem.where}`]),
    `  what to do: ${problem.hint}`,
  ];
}

function after({ afterwards = [] }: { readonly afterwards?: readonly Problem[] }): string {
  return afterwards.map(({ code, message }) => `; but ${code} ${message}`).join('');
}

function step(release: PlannedRelease): string {
  return release.previous === null || release.previous === release.version
    ? release.version
    : `${release.previous} → ${release.version}`;
}

function reasons(release: PlannedRelease): string {
  return release.reasons.map(describeReason).join('; ');
}

function unchanged({ why, revisions }: Extract<PackageOutcome, { kind: 'unchanged' }>): string {
  switch (why) {
    case 'digest':
      return 'same source as the released version';
    case 'comparison':
      return 'a build of it equals the released version';
    case 'superseded':
      return `the registry holds a newer commit of it${revisions === undefined ? '' : ` (${revisions.theirs.slice(0, 12)} follows ${revisions.ours.slice(0, 12)})`}`;
    case 'taken':
      return 'another run released the same content';
  }
}

function because(cause: Extract<PackageOutcome, { kind: 'skipped' }>['because']): string {
  switch (cause.kind) {
    case 'needs-stopped':
      return `it needs ${cause.dependency}, which is not published`;
    case 'needs-pending':
      return `it needs ${cause.dependency}, which has a change that this run does not release`;
    case 'run-stopped':
      return 'the run was stopped before its turn';
  }
}

function files(outcomes: readonly UploadOutcome[]): string {
  const already = outcomes.filter((outcome) => outcome.kind === 'already-there').length;
  const sent = outcomes.length - already;
  const parts = [
    ...(sent > 0 ? [`${sent} ${sent === 1 ? 'file' : 'files'}`] : []),
    ...(already > 0 ? [`${already} already there`] : []),
  ];
  return parts.join(', ');
}
