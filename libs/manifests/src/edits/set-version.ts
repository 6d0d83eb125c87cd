import { replaceItem } from '../setup-cfg/edits/replace-item.ts';
import { agreeingVersions } from './agreeing-versions.ts';
import { replaceSpan } from './replace-span.ts';
import type { EditResult, Problem, PythonPackage, ReadText, Spot } from '../model.ts';
import { notFound, replaceString } from '../toml/replace-string.ts';
import { cargoVersion } from '../version-sources/cargo-version.ts';
import { CARGO_SOURCE } from '../version-sources/maturin.ts';

/** Writes a version to every spot that keeps it, and to every `__version__` beside it that agrees. A version without a spot (source control, computed) is a problem. */
export function setVersion(pkg: PythonPackage, version: string, readText: ReadText): EditResult {
  const declared = pkg.version;
  if (declared.kind === 'scm' || declared.kind === 'unreadable') {
    return { kind: 'problem', problem: nowhere(pkg) };
  }
  const text = declared.kind === 'file' && declared.source === CARGO_SOURCE ? cargoVersion(version) : version;
  if (text === null) {
    return { kind: 'problem', problem: notForCargo(version, declared.spots[0]?.file ?? pkg.manifest) };
  }
  const results = declared.spots.map((spot) => replaceAt(spot, { was: declared.text, now: text }, readText));
  const failed = results.find((result) => result.kind === 'problem');
  if (failed !== undefined) return failed;
  const own = results.flatMap((result) => (result.kind === 'edits' ? result.edits : []));
  const kept = new Set(own.map(({ file }) => file));
  const others = agreeingVersions(pkg, { was: declared.text, now: version }, readText);
  return { kind: 'edits', edits: [...own, ...others.filter(({ file }) => !kept.has(file))] };
}

function replaceAt(spot: Spot, { was, now }: { was: string; now: string }, readText: ReadText): EditResult {
  const content = readText(spot.file);
  switch (spot.kind) {
    case 'toml':
      return content === undefined
        ? { kind: 'problem', problem: notFound(spot.file, spot.keys) }
        : replaceString(spot.file, content, spot.keys, now);
    case 'span':
      return replaceSpan(spot, content, now);
    case 'cfg':
      return replaceItem(spot, { was, now }, readText);
  }
}

function nowhere(pkg: PythonPackage): Problem {
  const { version } = pkg;
  const why =
    version.kind === 'scm' ? `${version.tool} derives it` : version.kind === 'unreadable' ? version.reason : '';
  const variable = version.kind === 'scm' ? version.override : null;
  return {
    code: 'NXPYPI_VERSION_UNREADABLE',
    message: `The version of ${pkg.name} stands in no file: ${why}.`,
    hint:
      variable === null
        ? 'Write the version as a literal in its manifest.'
        : `Set ${variable} for the build instead of editing a file.`,
    where: pkg.manifest,
  };
}

function notForCargo(version: string, file: string): Problem {
  return {
    code: 'NXPYPI_VERSION_NOT_SEMVER',
    message: `'${version}' cannot be written to ${file}, which takes semantic versions only.`,
    hint: 'Release packages that take their version from Cargo.toml without epoch, post release or fourth segment.',
    where: file,
  };
}
