import { setVersion } from '../../edits/set-version.ts';
import type { EditResult, PythonPackage, ReadText } from '../../model.ts';
import { setProvenance } from '../../pyproject/edits/set-provenance.ts';
import { fileIn } from '../../pyproject/paths.ts';
import { checkedByReading } from './checked-by-reading.ts';
import type { LegacyChange } from './checked-by-reading.ts';
import { replaceItem } from './replace-item.ts';
import { setLegacyConstraint } from './set-constraint.ts';
import { setSection } from './set-section.ts';

/** The edits of one change, or why it cannot be made without harm. */
export function legacyEdits(request: LegacyChange): EditResult {
  return checkedByReading(request, edits(request));
}

function edits({ pkg, change, readText }: LegacyChange): EditResult {
  switch (change.kind) {
    case 'set-version':
      return setLegacyVersion(pkg, change.version, readText);
    case 'set-constraint':
    case 'rewrite-range':
      return setLegacyConstraint(change.declaration, change.specifier, readText);
    case 'set-provenance': {
      const pyproject = fileIn(pkg.path, 'pyproject.toml');
      return readText(pyproject) === undefined
        ? setSection(fileIn(pkg.path, 'setup.cfg'), change.fields, readText)
        : setProvenance(pyproject, change.fields, readText);
    }
  }
}

function setLegacyVersion(pkg: PythonPackage, version: string, readText: ReadText): EditResult {
  const spot = pkg.version.kind === 'static' ? pkg.version.spots[0] : undefined;
  if (pkg.version.kind !== 'static' || spot?.kind !== 'cfg') return setVersion(pkg, version, readText);
  return replaceItem(spot, { was: pkg.version.text, now: version }, readText);
}
