import type { Declaration } from '@nx-pypi/manifests';
import { normalizeName } from '@nx-pypi/standards';

/** The extra that brings a declaration, normalised (PEP 685), or null for a runtime requirement. */
export function extraOf(declaration: Declaration): string | null {
  return declaration.kind === 'extra' && declaration.group !== null ? normalizeName(declaration.group) : null;
}
