import type { PythonPackage } from '@nx-pypi/manifests';
import { closure } from '../graph/closure.ts';
import type { Gating } from '../graph/gating.ts';

/** What of this workspace must be built before a package can be (rule F4): its build requirements and all that they need. */
export function buildTools(pkg: PythonPackage, gating: Gating): ReadonlySet<string> {
  const direct = pkg.declarations.flatMap(({ kind, normalizedName }) => (kind === 'build' ? [normalizedName] : []));
  const tools = closure(
    new Set(direct.filter((name) => gating.waitsFor.has(name))),
    (name) => gating.waitsFor.get(name) ?? [],
  );
  return new Set([...tools].filter((name) => name !== pkg.normalizedName));
}
