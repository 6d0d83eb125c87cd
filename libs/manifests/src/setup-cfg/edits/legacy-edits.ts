import { setVersion } from '../../edits/set-version.ts';
import type { EditResult } from '../../model.ts';
import { setProvenance } from '../../pyproject/edits/set-provenance.ts';
import { fileIn } from '../../pyproject/paths.ts';
import { checkedByReading } from './checked-by-reading.ts';
import type { LegacyChange } from './checked-by-reading.ts';
import { setLegacyConstraint } from './set-constraint.ts';
import { setSection } from './set-section.ts';

/** The edits of one change, or why it cannot be made without harm. */
export function legacyEdits(request: LegacyChange): EditResult {
  return checkedByReading(request, edits(request));
}

function edits({ pkg, change, readText }: LegacyChange): EditResult {
  switch (change.kind) {
    case 'set-version':
      return setVersion(pkg, change.version, readText);
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
