import type { Problem } from '@nx-pypi/manifests';
import {
  describeProblem,
  releaseNotes,
  type Commit,
  type Found,
  type PlannedRelease,
  type ReleaseReport,
} from '@nx-pypi/release';
import type { OpenRun } from '../compose/open-run.ts';
import { commitsSince } from './commits-since.ts';

export interface Notes {
  /** Markdown by normalised name. */
  readonly texts: ReadonlyMap<string, string>;
  /** Releases whose commits can't be told: their notes say so. */
  readonly problems: readonly Problem[];
}

/** The notes of releases, from the commits since what each of them follows. They never keep a release from happening. */
export async function notesOf(
  releases: readonly PlannedRelease[],
  run: Pick<OpenRun, 'request' | 'ports'>,
): Promise<Notes> {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const release of releases) {
    const commits = await commitsBefore(release, run);
    if (commits.kind === 'found') {
      texts.set(release.name, releaseNotes(release, commits.value));
    } else {
      problems.push(commits.problem);
      texts.set(
        release.name,
        `The changes since ${release.previous ?? ''} are not known: ${commits.problem.message}.\n`,
      );
    }
  }
  return { texts, problems };
}

/** A report whose released packages, or those that would be released, have their notes. What is not known is said. */
export async function withNotes<Report extends Pick<ReleaseReport, 'results'>>(
  report: Report,
  run: Pick<OpenRun, 'request' | 'ports'>,
  say: (line: string) => void,
): Promise<Report> {
  const { texts, problems } = await notesOf(releasesOf(report), run);
  for (const line of problems.flatMap(describeProblem)) say(line);
  const results = report.results.map((result) => {
    const notes = texts.get(result.name);
    return notes === undefined ? result : { ...result, notes };
  });
  return { ...report, results };
}

function releasesOf({ results }: Pick<ReleaseReport, 'results'>): readonly PlannedRelease[] {
  return results.flatMap(({ outcome }) =>
    outcome.kind === 'published' || outcome.kind === 'planned' ? [outcome.release] : [],
  );
}

async function commitsBefore(
  { name, previous, version }: PlannedRelease,
  { request, ports }: Pick<OpenRun, 'request' | 'ports'>,
): Promise<Found<readonly Commit[]>> {
  const { packages } = request.discovery;
  const pkg = packages.find((candidate) => candidate.normalizedName === name);
  if (previous === null || previous === version || pkg === undefined || ports.commits === undefined)
    return { kind: 'found', value: [] };
  const state = (await ports.registry.read([name])).get(name);
  if (state?.kind === 'unknown') return { kind: 'problem', problem: state.problem };
  const baseline = state?.kind === 'published' ? state.versions.find(({ text }) => text === previous) : undefined;
  if (baseline === undefined) return { kind: 'problem', problem: lost(name, previous) };
  return commitsSince(pkg, baseline, { request, ports });
}

function lost(name: string, version: string): Problem {
  return {
    code: 'NXPYPI_NO_HISTORY',
    message: `the registry no longer has ${name} ${version}`,
    hint: 'write the notes of this release by hand',
  };
}
