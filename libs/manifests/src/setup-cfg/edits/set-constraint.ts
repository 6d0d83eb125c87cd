import { replaceSpan } from '../../edits/replace-span.ts';
import { withSpecifier } from '../../edits/with-specifier.ts';
import type { Declaration, EditResult, Problem, ReadText } from '../../model.ts';
import { setConstraint } from '../../pyproject/edits/set-constraint.ts';
import { pythonLiteral } from '../../python-source/string-literal.ts';
import { replaceItem } from './replace-item.ts';

/** Makes one declaration ship `specifier`, wherever it stands: setup.cfg, a Python string, a requirement file, pyproject.toml. */
export function setLegacyConstraint(declaration: Declaration, specifier: string, readText: ReadText): EditResult {
  const { spot, written } = declaration;
  if (spot.kind === 'toml') return setConstraint(declaration, specifier, readText);
  const now = withSpecifier(written, specifier);
  if (now === null) return { kind: 'problem', problem: uneditable(declaration) };
  if (spot.kind === 'cfg') return replaceItem(spot, { was: written, now }, readText);
  if (spot.text === '') return { kind: 'problem', problem: uneditable(declaration) };
  /** A span that does not read as the requirement is the Python expression that makes it: a literal takes its place. */
  return replaceSpan(spot, readText(spot.file), spot.text === written ? now : pythonLiteral(now));
}

function uneditable({ written, spot }: Declaration): Problem {
  return {
    code: 'NXPYPI_REQUIREMENT_COMPUTED',
    message: `'${written}' is put together in ${spot.file}: no text of its own could be given a range.`,
    hint: 'Write it as one literal, `name[extra] >=1,<2 ; marker` (PEP 508).',
    where: spot.file,
  };
}
