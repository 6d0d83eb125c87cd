import { packageIn } from '../../dialect.ts';
import type { Reading } from '../../dialect.ts';
import { applyEdits } from '../../edits/apply-edits.ts';
import type {
  Declaration,
  EditResult,
  ManifestChange,
  Problem,
  PythonPackage,
  ReadText,
  TextEdit,
} from '../../model.ts';
import { compactSpecifier } from '../../pyproject/requirement-declaration.ts';

/** One change of a package that setup.cfg or setup.py declares. */
export interface LegacyChange {
  readonly pkg: PythonPackage;
  readonly change: ManifestChange;
  readonly readText: ReadText;
  /** The reader of the package's dialect: an edit counts only if it reads back as what was asked for. */
  readonly read: (folder: string, readText: ReadText) => Reading;
}

/** Lets edits pass only when the edited files read as what was asked for, and all else as before (law 10). */
export function checkedByReading({ pkg, change, readText, read }: LegacyChange, result: EditResult): EditResult {
  if (result.kind === 'problem') return result;
  const after = read(pkg.path, edited(result.edits, readText));
  const now = packageIn(after);
  if (now !== null && keepsRest(pkg, now, change) && makes(pkg, now, change)) return result;
  return { kind: 'problem', problem: unsafe(pkg, result.edits) };
}

function edited(edits: readonly TextEdit[], readText: ReadText): ReadText {
  return (path) => {
    const own = edits.filter(({ file }) => file === path);
    const content = readText(path);
    return own.length === 0 ? content : applyEdits(content ?? '', own);
  };
}

function keepsRest(was: PythonPackage, now: PythonPackage, change: ManifestChange): boolean {
  const same = was.name === now.name && was.declarations.length === now.declarations.length;
  return same && (change.kind === 'set-version' || versionText(was) === versionText(now));
}

function versionText({ version }: PythonPackage): string {
  return version.kind === 'static' || version.kind === 'file' ? version.text : version.kind;
}

function makes(was: PythonPackage, now: PythonPackage, change: ManifestChange): boolean {
  if (change.kind === 'set-version') return versionText(now) === change.version;
  const ranged = change.kind === 'set-constraint' || change.kind === 'rewrite-range' ? change : null;
  return was.declarations.every((before, index) => {
    const after = now.declarations[index];
    if (after === undefined || after.normalizedName !== before.normalizedName) return false;
    if (ranged === null || !sharesSpot(before, ranged.declaration)) return after.written === before.written;
    return (
      after.specifier === compactSpecifier(ranged.specifier) && !after.directReference && after.marker === before.marker
    );
  });
}

/** One literal may serve several declarations: an extra and `all`, say. */
function sharesSpot(one: Declaration, other: Declaration): boolean {
  return JSON.stringify(one.spot) === JSON.stringify(other.spot) && one.written === other.written;
}

function unsafe({ name, manifest }: PythonPackage, edits: readonly TextEdit[]): Problem {
  const where = edits[0]?.file ?? manifest;
  return {
    code: 'NXPYPI_EDIT_UNSAFE',
    message: `${where} cannot be edited without harm: the package ${name} would not read as asked for.`,
    hint: 'Write the value as one plain literal that serves nothing else.',
    where,
  };
}
