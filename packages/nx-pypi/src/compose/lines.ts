import type { PythonPackage } from '@nx-pypi/manifests';
import type { Found, LinePolicy } from '@nx-pypi/release';
import { parseSpecifierSet, type SpecifierSet } from '@nx-pypi/standards';
import picomatch from 'picomatch';

type Branches = Readonly<Record<string, string>>;

/**
 * Rule C1: what these refs may release, by the option `releaseBranches` and, before it, by what packages say themselves. The
 * first ref counts that a pattern fits.
 */
export function linesOf(
  branches: Branches | undefined,
  packages: readonly PythonPackage[],
  refs: readonly string[],
): Found<LinePolicy> {
  const line = lineOf(branches ?? {}, refs);
  if (line === null) return notSpecifiers(branches ?? {}, 'nx.json');
  const lines = new Map<string, SpecifierSet>();
  for (const { normalizedName, settings, manifest } of packages) {
    if (settings.releaseBranches === undefined) continue;
    const own = lineOf(settings.releaseBranches, refs);
    if (own === null) return notSpecifiers(settings.releaseBranches, manifest);
    lines.set(normalizedName, own);
  }
  return { kind: 'found', value: lines.size === 0 ? { line } : { line, lines } };
}

/** The versions of the first branch pattern that fits the first ref that one fits; all where none does. Null: not a specifier. */
function lineOf(branches: Branches, refs: readonly string[]): SpecifierSet | null {
  const parsed = Object.entries(branches).map(([pattern, text]) => ({
    pattern,
    set: parseSpecifierSet(text.trim() === '*' ? '' : text),
  }));
  if (parsed.some((entry) => entry.set === null)) return null;
  const fits = refs.flatMap((ref) => parsed.find((entry) => ref !== '' && picomatch.isMatch(ref, entry.pattern)) ?? []);
  return fits[0]?.set ?? parseSpecifierSet('');
}

function notSpecifiers(branches: Branches, where: string): Found<never> {
  return {
    kind: 'problem',
    problem: {
      code: 'NXPYPI_BAD_OPTION',
      message: `the option releaseBranches can't be ${JSON.stringify(branches)}`,
      hint: 'give version specifiers by PEP 440, such as ">=1,<2" or "*"',
      where,
    },
  };
}
