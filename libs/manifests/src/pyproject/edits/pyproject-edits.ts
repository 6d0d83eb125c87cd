import { setVersion } from '../../edits/set-version.ts';
import type { EditResult, ManifestChange, PythonPackage, ReadText } from '../../model.ts';
import { rewriteRange } from './rewrite-range.ts';
import { setConstraint } from './set-constraint.ts';
import { setProvenance } from './set-provenance.ts';

/** Edits of a package that pyproject.toml declares, in `[project]` or `[tool.poetry]`. */
export function pyprojectEdits(pkg: PythonPackage, change: ManifestChange, readText: ReadText): EditResult {
  switch (change.kind) {
    case 'set-version':
      return setVersion(pkg, change.version, readText);
    case 'set-constraint':
      return setConstraint(change.declaration, change.specifier, readText);
    case 'rewrite-range':
      return rewriteRange(change, readText);
    case 'set-provenance':
      return setProvenance(pkg.manifest, change.fields, readText);
  }
}
