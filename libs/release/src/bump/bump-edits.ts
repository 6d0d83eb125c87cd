import {
  manifestEdits,
  applyEdits,
  type ManifestChange,
  type Problem,
  type PythonPackage,
  type ReadText,
  type TextEdit,
} from '@nx-pypi/manifests';
import { formatVersion, type Version } from '@nx-pypi/standards';
import type { DependentsPolicy } from '../policy/dependents.ts';
import type { RewrittenRange } from './bump-plan.ts';
import { changeOf } from './bumped-packages.ts';
import { rewrittenRanges } from './rewritten-ranges.ts';

/** A file before and after. */
export interface FileChange {
  /** Relative to the workspace. */
  readonly path: string;
  /** Null: there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
}

export interface BumpEdits {
  /** Sorted by path. */
  readonly files: readonly FileChange[];
  readonly problems: readonly Problem[];
}

export interface BumpEditsInput {
  readonly packages: readonly PythonPackage[];
  /** The new versions by name. */
  readonly versions: ReadonlyMap<string, Version>;
  /** The ranges that follow, as the plan shows them: no others are rewritten. */
  readonly ranges: readonly Pick<RewrittenRange, 'dependency'>[];
  readonly dependents: DependentsPolicy;
  readonly readText: ReadText;
}

/**
 * The text edits that give packages their versions and that make every range follow, for all files at once; with a
 * problem none is to be written. Versions that no file holds need no edit.
 */
export function bumpEdits(input: BumpEditsInput): BumpEdits {
  const edits = new Map<string, Map<string, TextEdit>>();
  const followed = new Set(input.ranges.map(({ dependency }) => dependency));
  const moved = new Map([...input.versions].filter(([name]) => followed.has(name)));
  const problems: Problem[] = [];
  for (const pkg of input.packages) {
    const changes = changesOf(pkg, { ...input, moved }, problems);
    if (changes.length === 0) continue;
    const result = manifestEdits(pkg, changes, input.readText);
    if (result.kind === 'problem') {
      problems.push(result.problem);
      continue;
    }
    // Two packages may keep one fact in one file: a shared version file, a requirement list.
    for (const edit of result.edits) {
      const known = edits.get(edit.file) ?? new Map<string, TextEdit>();
      edits.set(edit.file, known.set(`${edit.start} ${edit.end} ${edit.text}`, edit));
    }
  }
  const files: FileChange[] = [];
  for (const path of [...edits.keys()].toSorted()) {
    const own = [...(edits.get(path)?.values() ?? [])];
    const before = input.readText(path);
    if (before === undefined || overlap(own)) problems.push(contradiction(path));
    else files.push({ path, before, after: applyEdits(before, own) });
  }
  return { files, problems };
}

function changesOf(
  pkg: PythonPackage,
  input: BumpEditsInput & { readonly moved: ReadonlyMap<string, Version> },
  problems: Problem[],
): readonly ManifestChange[] {
  const version = input.versions.get(pkg.normalizedName);
  const ranges = rewrittenRanges(pkg, input.moved, input.dependents);
  problems.push(...ranges.problems);
  const changes: ManifestChange[] = ranges.changes.map(({ change }) => change);
  if (version !== undefined && changeOf(pkg, version) === 'write')
    changes.push({ kind: 'set-version', version: formatVersion(version) });
  return changes;
}

function overlap(edits: readonly TextEdit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return ordered.some((edit, index) => (ordered[index + 1]?.start ?? Number.POSITIVE_INFINITY) < edit.end);
}

function contradiction(path: string): Problem {
  return {
    code: 'NXPYPI_EDITS_CONFLICT',
    message: `two packages ask for different texts at one place of ${path}`,
    hint: 'give packages that share a file the same version: a lockstep group',
    where: path,
  };
}
