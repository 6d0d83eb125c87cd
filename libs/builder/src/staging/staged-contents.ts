import {
  applyEdits,
  manifestEdits,
  type ManifestChange,
  type PythonPackage,
  type ReadText,
  type TextEdit,
} from '@nx-pypi/manifests';
import type { BuildRequest, Found } from '@nx-pypi/release';
import { equalRanges, parseSpecifierSet, rangeOf } from '@nx-pypi/standards';
import { provenanceFields } from './provenance-fields.ts';

/** New contents by workspace-relative path. */
export type Contents = ReadonlyMap<string, string>;

/** Valid in every dialect, Cargo's semantic versions included. */
const BLANK = '0.0.0';

/** What a build writes into its stage: version, internal constraints, provenance. */
export function stagedContents(request: BuildRequest, readText: ReadText): Found<Contents> {
  const constraints = request.constraints
    .filter(({ declaration, specifier }) => declaration.directReference || !sameRange(declaration.specifier, specifier))
    .map(({ declaration, specifier }) => ({ kind: 'set-constraint' as const, declaration, specifier }));
  const provenance = request.provenance;
  return edited(
    request.package,
    [
      ...versionChange(request.package, request.version),
      ...constraints,
      ...(provenance === null ? [] : [{ kind: 'set-provenance' as const, fields: provenanceFields(provenance) }]),
    ],
    readText,
  );
}

/** Contents with the version literals that a build would write set to one value, for the digest (rule D2). */
export function blankedContents(pkg: PythonPackage, readText: ReadText): Found<Contents> {
  return edited(pkg, versionChange(pkg, BLANK), readText);
}

/** Law 10 makes an edit that changes nothing an error, so none is asked for. */
function versionChange(pkg: PythonPackage, version: string): readonly ManifestChange[] {
  const declared = pkg.version;
  if (declared.kind === 'scm' || declared.kind === 'unreadable' || declared.text === version) return [];
  return [{ kind: 'set-version', version }];
}

function sameRange(before: string, after: string): boolean {
  if (before === after) return true;
  const [left, right] = [parseSpecifierSet(before), parseSpecifierSet(after)];
  return left !== null && right !== null && equalRanges(rangeOf(left), rangeOf(right));
}

function edited(pkg: PythonPackage, changes: readonly ManifestChange[], readText: ReadText): Found<Contents> {
  if (changes.length === 0) return { kind: 'found', value: new Map() };
  const result = manifestEdits(pkg, changes, readText);
  if (result.kind === 'problem') return result;
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of result.edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const contents = [...byFile].map(([file, edits]) => [file, applyEdits(readText(file) ?? '', edits)] as const);
  return { kind: 'found', value: new Map(contents) };
}
