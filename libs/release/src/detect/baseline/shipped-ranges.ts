import type { Declaration } from '@nx-pypi/manifests';
import { headers, markerMentionsExtra, normalizeName, parseRequirement, type CoreMetadata } from '@nx-pypi/standards';
import { extraOf } from '../extra-of.ts';

/** What a released version asks of another package of the workspace. */
export interface ShippedRange {
  /** Normalised name. */
  readonly dependency: string;
  /** The extra that brings it, normalised, or null. */
  readonly extra: string | null;
  /** PEP 440 specifier set as shipped; '' for any version. */
  readonly specifier: string;
}

/** The ranges of `metadata` (Requires-Dist) for the names in `names`, in file order; what does not parse is left out. */
export function shippedRanges(metadata: CoreMetadata, names: ReadonlySet<string>): readonly ShippedRange[] {
  return headers(metadata, 'Requires-Dist').flatMap((text) => {
    const parsed = parseRequirement(text);
    if (parsed.kind === 'error') return [];
    const dependency = normalizeName(parsed.requirement.name);
    if (!names.has(dependency)) return [];
    const extra = parsed.requirement.marker === null ? null : markerMentionsExtra(parsed.requirement.marker);
    return [
      { dependency, extra: extra === null ? null : normalizeName(extra), specifier: parsed.requirement.specifier },
    ];
  });
}

/** A declaration of today beside what the baseline shipped for it. */
export interface PairedRange {
  readonly declaration: Declaration;
  readonly shipped: ShippedRange | null;
}

/** Pairs by dependency and extra; where markers split one dependency into several requirements, in their order. */
export function pairWithShipped(
  declarations: readonly Declaration[],
  shipped: readonly ShippedRange[],
): readonly PairedRange[] {
  const rest = [...shipped];
  return declarations.map((declaration) => {
    const extra = extraOf(declaration);
    const index = rest.findIndex((range) => range.dependency === declaration.normalizedName && range.extra === extra);
    return { declaration, shipped: index < 0 ? null : (rest.splice(index, 1)[0] ?? null) };
  });
}
